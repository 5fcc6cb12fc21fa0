package homework.otus.mysql.api;

/**
 * Where applications find their connection, as the Service Binding convention says.
 *
 * @param name of the Secret, in the namespace of the MySQL
 */
public record Binding(String name) {}
