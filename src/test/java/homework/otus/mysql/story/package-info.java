/** What a user does and sees, on a real cluster with the operator installed as users install it. */
package homework.otus.mysql.story;
