package homework.otus.mysql.program.password;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The Secret with the passwords, as the kubelet mounts it: the files {@code password}, {@code revision} and, while the
 * password is being changed, {@code next-password} and {@code next-revision}.
 *
 * <p>What is mounted lags behind the Secret by up to a minute, so it is waited for. The kubelet then swaps a symbolic
 * link, {@code ..data}, to a directory with all files of the new version.
 */
final class MountedSecret {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<String> OF_OTHERS =
            List.of(SecretKeys.OPERATOR_PASSWORD, SecretKeys.APPLICATION_PASSWORD, SecretKeys.ACCOUNTS);

    /**
     * One version of the Secret.
     *
     * @param next null while no change is under way
     */
    record Version(Password present, @Nullable Password next, Others others) {}

    /**
     * What is beside root's password.
     *
     * @param operator the password of the operator's account
     * @param application the password of the application's account
     * @param accounts the statements that make the accounts what they should be, a line each
     */
    record Others(String operator, String application, String accounts) {
        /** Without the passwords. */
        @Override
        public String toString() {
            return "Others";
        }
    }

    /** A password and its revision. */
    record Password(String text, long revision) {
        /** Without the text: this may get into a message. */
        @Override
        public String toString() {
            return "revision " + revision;
        }
    }

    private final Path directory;

    MountedSecret(Path directory) {
        this.directory = directory;
    }

    /**
     * Waits for a change that leads to this revision, and returns what is in force with it.
     *
     * @throws JobFailure {@link FailureReason#SecretNotFresh}
     */
    Version awaitNext(long revision, Patience patience) throws JobFailure {
        return await(
                revision,
                version -> version.next() != null && version.next().revision() == revision,
                version -> version.present().revision() >= revision
                        || (version.next() != null && version.next().revision() > revision),
                patience);
    }

    /**
     * Waits until this revision is in force.
     *
     * @throws JobFailure {@link FailureReason#SecretNotFresh}
     */
    Version awaitPresent(long revision, Patience patience) throws JobFailure {
        return await(
                revision,
                version -> version.present().revision() == revision,
                version -> version.present().revision() > revision,
                patience);
    }

    private Version await(long revision, Predicate<Version> fresh, Predicate<Version> later, Patience patience)
            throws JobFailure {
        while (true) {
            Optional<Version> version = read();
            if (version.filter(fresh).isPresent()) {
                return version.get();
            }
            if (version.filter(later).isPresent()) {
                throw new JobFailure(
                        FailureReason.SecretNotFresh,
                        "The change to revision " + revision + " of the password is over: the Secret is at "
                                + version.get().present() + " already. Nothing is to be done.");
            }
            if (patience.isOver()) {
                throw new JobFailure(
                        FailureReason.SecretNotFresh,
                        "Revision " + revision + " of the password did not come into " + directory + " within "
                                + patience + " ("
                                + version.map(found -> "there is " + found.present())
                                        .orElse("there are no passwords at all")
                                + "). The kubelet brings a changed Secret into a Pod within a minute or two; look at"
                                + " the kubelet of this Pod's node if it doesn't.");
            }
            patience.pause(POLL);
        }
    }

    /** Empty where there is none, or none whole. */
    private Optional<Version> read() throws JobFailure {
        try {
            // Resolved once, so that all files are of one version.
            Path data = directory.resolve("..data");
            Path version = (Files.exists(data) ? data : directory).toRealPath();
            Optional<Password> next = password(version, SecretKeys.NEXT_PASSWORD, SecretKeys.NEXT_REVISION);
            Optional<Password> present = password(version, SecretKeys.PASSWORD, SecretKeys.REVISION);
            if (present.isEmpty() || !OF_OTHERS.stream().allMatch(file -> Files.exists(version.resolve(file)))) {
                return Optional.empty();
            }
            return Optional.of(new Version(
                    present.get(),
                    next.orElse(null),
                    new Others(
                            read(version, OF_OTHERS.get(0)),
                            read(version, OF_OTHERS.get(1)),
                            read(version, OF_OTHERS.get(2)))));
        } catch (NoSuchFileException replacedMeanwhile) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JobFailure(
                    FailureReason.IoError, "The passwords in " + directory + " can't be read (" + e + ").", e);
        }
    }

    private static Optional<Password> password(Path version, String text, String revision) throws IOException {
        if (!Files.exists(version.resolve(text)) || !Files.exists(version.resolve(revision))) {
            return Optional.empty();
        }
        String number = read(version, revision);
        return number.matches("[1-9][0-9]{0,17}")
                ? Optional.of(new Password(read(version, text), Long.parseLong(number)))
                : Optional.empty();
    }

    private static String read(Path version, String file) throws IOException {
        return new String(Files.readAllBytes(version.resolve(file)), StandardCharsets.UTF_8);
    }
}
