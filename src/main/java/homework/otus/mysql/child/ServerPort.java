package homework.otus.mysql.child;

/** Where the server listens, in its Pod and by its Service. */
public final class ServerPort {
    public static final int NUMBER = 3306;

    private ServerPort() {}
}
