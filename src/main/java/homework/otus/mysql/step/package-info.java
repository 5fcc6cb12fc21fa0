/** What a decision is made of: an observation in, actions and findings out. Knows neither MySQL nor a client. */
@NullMarked
package homework.otus.mysql.step;

import org.jspecify.annotations.NullMarked;
