package homework.otus.mysql.password;

import homework.otus.mysql.job.Arguments;
import homework.otus.mysql.job.FailureReason;
import homework.otus.mysql.job.Job;
import homework.otus.mysql.job.JobFailure;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.job.Progress;
import homework.otus.mysql.sql.PasswordMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The password Job's program. Answers with a {@link JobResult}, and exits with 1 if it failed.
 *
 * <ul>
 *   <li>{@code --host=…}, {@code --port=3306}: of the server, a name or an address
 *   <li>{@code --secret=/run/credentials}: where the Secret with the passwords is mounted, see {@link MountedSecret}
 *   <li>{@code --life=…}: the MySQL object's uid
 *   <li>{@code --revision=…}: of the password that the change leads to
 *   <li>{@code --step=…}: {@code change} gives the accounts the next password and retains the one in force, {@code
 *       discard} ends what was retained, {@code ensure} makes all accounts what they should be
 *   <li>{@code --name=NAME}: of the MySQL object, for messages
 *   <li>{@code --patience=180}: how many seconds it waits for the Secret and for the server, in all
 *   <li>{@code --termination-log=/dev/termination-log}
 * </ul>
 */
public final class PasswordJob {
    private static final Set<String> KEYS =
            Set.of("host", "port", "secret", "life", "revision", "step", "name", "patience", "termination-log");
    private static final int LAST_PORT = 65_535;

    private PasswordJob() {}

    public static void main(String[] args) {
        Job.main(args, progress -> run(args, progress));
    }

    static JobResult run(String[] args, Progress progress) throws JobFailure {
        Arguments arguments = Arguments.parse(args, KEYS);
        String step = arguments.oneOf("step", List.of("change", "discard", "ensure"));
        @Nullable String name = arguments.optionalText("name");
        PasswordChange change = new PasswordChange(
                new MountedSecret(secret(arguments)),
                new PasswordMark(arguments.word("life"), arguments.positiveLong("revision")),
                new TlsServer(arguments.address("host"), port(arguments)),
                name == null ? "NAME" : name,
                new Patience(Duration.ofSeconds(arguments.positive("patience", 180)), System::nanoTime, Thread::sleep),
                progress);
        return switch (step) {
            case "change" -> change.change();
            case "discard" -> change.discard();
            default -> change.ensure();
        };
    }

    private static int port(Arguments arguments) throws JobFailure {
        int port = arguments.positive("port", 3306);
        if (port > LAST_PORT) {
            throw new JobFailure(
                    FailureReason.InvalidArgument, "Argument --port=" + port + " is more than " + LAST_PORT + ".");
        }
        return port;
    }

    private static Path secret(Arguments arguments) throws JobFailure {
        return arguments.optionalText("secret") == null ? Path.of("/run/credentials") : arguments.path("secret");
    }
}
