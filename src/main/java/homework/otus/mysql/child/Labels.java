package homework.otus.mysql.child;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Labels, annotations and the finalizer that the operator sets.
 *
 * <p>Never {@code app.kubernetes.io/instance}, nor any label of the MySQL object itself: Argo CD tracks by them, and
 * prunes what carries them and has no owner, which claims and Jobs have not, on purpose.
 */
public final class Labels {
    public static final String APP = "app";
    public static final String NAME = "app.kubernetes.io/name";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "mysql-operator";
    /** The name of the MySQL object that a child belongs to. */
    public static final String MYSQL = "otus.homework/mysql";
    /** The uid of the MySQL object, on what has no owner reference: a name is used again, a uid never. */
    public static final String MYSQL_UID = "otus.homework/mysql-uid";
    /** On Jobs: the uid of the data claim that the Job worked on. */
    public static final String DATA_CLAIM_UID = "otus.homework/data-claim-uid";
    /** On Jobs that mount it: the uid of the backup claim that the Job worked on. */
    public static final String BACKUP_CLAIM_UID = "otus.homework/backup-claim-uid";
    /** On Jobs: what is done. Some Jobs of one name and life do different things. */
    public static final String TASK = "otus.homework/task";
    /** On Jobs: how often it has been tried in a row, from 1. */
    public static final String ATTEMPT = "otus.homework/attempt";
    /** On Jobs: the generation of the MySQL object's spec that it was made for. */
    public static final String GENERATION = "otus.homework/generation";

    /** On a Secret of the user's, its value "true": a MySQL may take its password from it. */
    public static final String MYSQL_PASSWORD = "otus.homework/mysql-password";

    /** On the MySQL object and on the data claim. */
    public static final String FINALIZER = "otus.homework/final-backup";
    /** Annotation on the MySQL object, its value that object's own uid: delete without a final backup. */
    public static final String SKIP_FINAL_BACKUP = "otus.homework/skip-final-backup";
    /** Annotation on the MySQL object and on the server's Pod: another value there restarts the server. */
    public static final String RESTARTED_AT = "otus.homework/restartedAt";
    /** Annotation on the backup claim: the newest proven archive, as JSON. */
    public static final String BACKUP_RECORD = "otus.homework/backup-record";
    /** Annotation on the backup claim: archives were found that no record speaks of. */
    public static final String HOLDS_ARCHIVES = "otus.homework/holds-archives";
    /** Annotation on the data claim: the uid of the MySQL object whose end has released it. */
    public static final String RELEASED_FOR = "otus.homework/released-for";

    /** Annotation on the data claim: the last server that became ready on its volume, as {@code ServedMark}. */
    public static final String SERVED = "otus.homework/served";

    /** Annotation on a claim: the uid of the MySQL object for which the operator has asked for a larger volume. */
    public static final String GROWN_FOR = "otus.homework/grown-for";

    /** Annotation on the data claim: a configuration that passed the check and did not serve, as {@code FailedConfig}. */
    public static final String FAILED_CONFIG = "otus.homework/failed-config";

    /** Annotation on the Deployment: the image and configuration that it was asked for, as {@code ServedMark}. */
    public static final String VARIANT = "otus.homework/variant";
    /**
     * Annotation on the Deployment: a digest of what the user asks for of it. On the data claim, where an operator made the
     * Deployment that recorded nothing.
     */
    public static final String ASKED = "otus.homework/asked";
    /** Annotation on the Deployment: a digest of all that was wanted of its spec. */
    public static final String DIGEST = "otus.homework/digest";
    /** Annotation on the server's Pod: the configuration that it was given, a variable a line. */
    public static final String CONFIG = "otus.homework/config";

    /** Annotation on the server's Pod: the identity of the credentials that it was started with. */
    public static final String CREDENTIALS = "otus.homework/credentials";

    /** Annotation on a static volume's claim of release 0.1.0: the folder of the volume that is the claim's. */
    public static final String FOLDER = "otus.homework/folder";

    private Labels() {}

    /** What every child carries. */
    public static Map<String, String> of(String mysql, Component component) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(NAME, "mysql");
        labels.put(COMPONENT, component.label());
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(MYSQL, mysql);
        return labels;
    }

    public static Map<String, String> with(Map<String, String> labels, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(key, value);
        return more;
    }
}
