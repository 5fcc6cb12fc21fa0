package homework.otus.mysql.server;

import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Advance;

/** What the server needs of the other rooms. */
public interface Needs {
    /** Where on its volumes the database is. */
    Folders folders(Observed observed);

    /** The identity of the credentials that it is started with. */
    String credentials(Observed observed);

    /** Whether it is being given another password, or is to be. */
    boolean changesPassword(Observed observed);

    /** Halts until an archive of this id is proven and recorded, of the stopped server's data. */
    Advance archive(Observed observed, String id);

    /** Why there is no such archive, of its Job that has failed. */
    String archiveFailure(Observed observed, JobRun job);
}
