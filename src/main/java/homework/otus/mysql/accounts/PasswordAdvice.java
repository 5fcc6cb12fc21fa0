package homework.otus.mysql.accounts;

import homework.otus.mysql.child.Names;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.sql.OperatorAccount;
import org.jspecify.annotations.Nullable;

/** What users read of a password Job that failed. */
final class PasswordAdvice {
    private PasswordAdvice() {}

    /**
     * What its program found, and what to do about it.
     *
     * @param name of the MySQL object
     */
    static String of(String name, JobResult failed) {
        return failed.message() + advice(name, failed.reason());
    }

    private static String advice(String name, @Nullable FailureReason reason) {
        if (reason == null) {
            return "";
        }
        return switch (reason) {
            case AccessDenied ->
                " Run `kubectl rollout restart deployment/" + name
                        + "`: at its start the server makes the operator's account anew. Then this is tried again.";
            case AccountDenied ->
                ": look at the account in MySQL, as the account " + OperatorAccount.USER
                        + " whose password is in the Secret " + Names.credentials(name) + ".";
            case PasswordRefused -> ": choose another in spec.password, or correct what the server objects to.";
            case SessionRefused ->
                ": `kubectl logs deployment/" + name + "` says why. offline_mode does so, and init_connect, and too"
                        + " many connections. It is tried again.";
            case Unreachable ->
                ". Look at its Pod, `kubectl describe pod -l app=" + name
                        + "`, and whether its configuration turns TLS off.";
            // The program has said all that there is to say.
            case SecretNotFresh, InvalidArgument, Interrupted, IoError -> "";
            // Of other Jobs.
            case NoSpace,
                    ReadOnly,
                    SourceChanged,
                    SourceUnreadable,
                    DataMissing,
                    NoBackupVolume,
                    UnsupportedFile,
                    Corrupt,
                    ArchiveMissing,
                    UnsupportedVersion -> "";
        };
    }
}
