package homework.otus.mysql.accounts;

import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.program.password.SecretKeys;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the credentials Secret knows of passwords.
 *
 * @param root in force; while a change is under way, the one that certainly works
 * @param revision of {@code root}: grows with each change, for ever; the server's accounts carry it too
 * @param next a password that root is being given, or null
 * @param nextRevision of {@code next}
 * @param retained the server still takes the password before {@code root}, too
 * @param application of the application's account
 * @param operator of the operator's own account
 * @param identity of the credentials: another one where they were lost and made anew, so that nobody knows what a server
 *     took
 */
public record Passwords(
        String root,
        long revision,
        @Nullable String next,
        long nextRevision,
        boolean retained,
        String application,
        String operator,
        String identity) {
    static final String ROOT = SecretKeys.PASSWORD;
    static final String REVISION = SecretKeys.REVISION;
    static final String NEXT = SecretKeys.NEXT_PASSWORD;
    static final String NEXT_REVISION = SecretKeys.NEXT_REVISION;
    static final String RETAINED = "retained";
    /** What is there only while a change is under way. */
    static final Set<String> OF_CHANGES = Set.of(NEXT, NEXT_REVISION, RETAINED);

    static final String APPLICATION = SecretKeys.APPLICATION_PASSWORD;
    static final String OPERATOR = SecretKeys.OPERATOR_PASSWORD;
    static final String IDENTITY = "identity";

    /** @param application what applications were told, or null to make one up */
    public static Passwords first(String root, long revision, @Nullable String application, MadeUp madeUp) {
        return new Passwords(
                root,
                revision,
                null,
                0,
                false,
                application == null ? madeUp.application() : application,
                madeUp.operator(),
                madeUp.identity());
    }

    /** What the credentials Secret knows; empty where there is none, or it doesn't hold what an operator writes. */
    static Optional<Passwords> held(Observed observed) {
        return of(Credentials.found(observed), observed.madeUp());
    }

    /** What the Secret holds, or will hold where there is none yet; empty while nobody knows the password. */
    static Optional<Passwords> heldOrFirst(Observed observed) {
        String wanted = observed.wantedPassword().value();
        return held(observed)
                .or(() -> wanted == null
                        ? Optional.empty()
                        : Optional.of(first(
                                wanted,
                                observed.now().toEpochMilli(),
                                BindingSecret.password(BindingSecret.found(observed)),
                                observed.madeUp())));
    }

    /**
     * Empty where the Secret doesn't hold what an operator writes.
     *
     * @param madeUp for what operators of before didn't write
     */
    public static Optional<Passwords> of(@Nullable V1Secret secret, MadeUp madeUp) {
        Map<String, byte[]> data = secret == null ? null : secret.getData();
        if (data == null
                || !data.containsKey(ROOT)
                || !data.containsKey(APPLICATION)
                || number(data.get(REVISION)) < 1) {
            return Optional.empty();
        }
        return Optional.of(new Passwords(
                text(data.get(ROOT)),
                number(data.get(REVISION)),
                data.containsKey(NEXT) ? text(data.get(NEXT)) : null,
                number(data.get(NEXT_REVISION)),
                data.containsKey(RETAINED),
                text(data.get(APPLICATION)),
                data.containsKey(OPERATOR) ? text(data.get(OPERATOR)) : madeUp.operator(),
                data.containsKey(IDENTITY) ? text(data.get(IDENTITY)) : madeUp.identity()));
    }

    /** A change begins. The revision is a time in milliseconds unless a clock went back. */
    public Passwords changingTo(String password, long nowMillis) {
        return new Passwords(
                root, revision, password, Math.max(nowMillis, revision + 1), retained, application, operator, identity);
    }

    /** The server takes no password for root that is known: there is none to keep beside the new one. */
    public Passwords replacedBy(String password, long nowMillis) {
        return new Passwords(
                password, Math.max(nowMillis, revision + 1), null, 0, false, application, operator, identity);
    }

    /** The server refused the change, and nothing has happened. */
    public Passwords abandoned() {
        return new Passwords(root, revision, null, 0, retained, application, operator, identity);
    }

    /** The server takes both passwords: from now on the new one is the one to use. */
    public Passwords changed() {
        return next == null ? this : new Passwords(next, nextRevision, null, 0, true, application, operator, identity);
    }

    /** The server has forgotten the password before. */
    public Passwords discarded() {
        return new Passwords(root, revision, next, nextRevision, false, application, operator, identity);
    }

    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(ROOT, root);
        files.put(REVISION, Long.toString(revision));
        if (next != null) {
            files.put(NEXT, next);
            files.put(NEXT_REVISION, Long.toString(nextRevision));
        }
        if (retained) {
            files.put(RETAINED, "true");
        }
        files.put(APPLICATION, application);
        files.put(OPERATOR, operator);
        files.put(IDENTITY, identity);
        return files;
    }

    /** Never a password. */
    @Override
    public String toString() {
        return "Passwords[revision=" + revision + ", nextRevision=" + nextRevision + ", retained=" + retained + "]";
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static long number(byte @Nullable [] value) {
        try {
            return value == null ? 0 : Long.parseLong(text(value));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
