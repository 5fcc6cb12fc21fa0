package homework.otus.mysql.program.password;

import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.Job;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.sql.PasswordMark;

/** The password Job's program: a {@link PasswordRequest}. Answers with a {@link JobResult}, and exits with 1 if it failed. */
public final class PasswordJob {
    private PasswordJob() {}

    public static void main(String[] args) {
        Job.main(args, progress -> run(args, progress));
    }

    static JobResult run(String[] args, Progress progress) throws JobFailure {
        PasswordRequest request = PasswordRequest.parse(args);
        progress.say("The password of " + request.name() + ": " + Arguments.word(request.step()));
        PasswordChange change = new PasswordChange(
                new MountedSecret(request.secret()),
                new PasswordMark(request.life(), request.revision()),
                new TlsServer(request.host(), request.port()),
                new Patience(request.patience(), System::nanoTime, Thread::sleep),
                progress);
        return switch (request.step()) {
            case CHANGE -> change.change();
            case DISCARD -> change.discard();
            case ENSURE -> change.ensure();
        };
    }
}
