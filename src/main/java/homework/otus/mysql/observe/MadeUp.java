package homework.otus.mysql.observe;

import java.util.random.RandomGenerator;

/**
 * What the operator makes up where there are no credentials yet.
 *
 * @param identity of credentials that are made now, so that it can be seen which ones a server was started with
 */
public record MadeUp(String operator, String application, String identity) {
    private static final int GROUPS = 16;

    public static MadeUp of(RandomGenerator random) {
        return new MadeUp(password(random), password(random), Long.toHexString(random.nextLong()));
    }

    /**
     * A password of 64 characters and some 230 random bits that satisfies MySQL's strongest policy, also with raised
     * numbers: sixteen characters of each class, and no four letters in a row that a dictionary could have. None of them
     * is changed by SQL, an option file, a shell or a URI.
     */
    static String password(RandomGenerator random) {
        StringBuilder password = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            password.append((char) ('a' + random.nextInt(26)));
            password.append((char) ('A' + random.nextInt(26)));
            password.append((char) ('0' + random.nextInt(10)));
            password.append("-_.~".charAt(random.nextInt(4)));
        }
        return password.toString();
    }

    /** Never a password. */
    @Override
    public String toString() {
        return "MadeUp[identity=" + identity + "]";
    }
}
