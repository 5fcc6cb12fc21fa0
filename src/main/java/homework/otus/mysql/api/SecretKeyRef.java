package homework.otus.mysql.api;

/**
 * One value of a Secret in the namespace of the MySQL.
 *
 * @param name the Secret's name
 * @param key the key in its {@code data}
 */
public record SecretKeyRef(String name, String key) {}
