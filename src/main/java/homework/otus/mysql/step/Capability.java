package homework.otus.mysql.step;

/**
 * What actions are for. The API server may refuse one: that ends its own capability's actions, and those that need it. In
 * which order capabilities are acted for, and which need which, whoever composes the steps says.
 *
 * @param name for logs and tests
 */
public record Capability(String name) {
    @Override
    public String toString() {
        return name;
    }
}
