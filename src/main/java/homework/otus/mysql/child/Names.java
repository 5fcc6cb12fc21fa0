package homework.otus.mysql.child;

import java.util.List;

/**
 * The names of a database's children. They are fixed by the exercises this project comes from, so that people can type
 * them; the longest suffix leaves 47 characters for the database's own name (see the CRD).
 */
public final class Names {
    private Names() {}

    public static String server(String mysql) {
        return mysql;
    }

    public static String credentials(String mysql) {
        return mysql + "-credentials";
    }

    public static String dataClaim(String mysql) {
        return mysql + "-pvc";
    }

    public static String backupClaim(String mysql) {
        return "backup-" + mysql + "-pvc";
    }

    /** A static volume; its name is the cluster's, not the namespace's. */
    public static String dataVolume(String mysql) {
        return mysql + "-pv";
    }

    public static String backupVolume(String mysql) {
        return "backup-" + mysql + "-pv";
    }

    /** In the operator's own namespace, where databases of all namespaces and lives have theirs. */
    public static String volumeJob(String mysqlUid) {
        return "prepare-" + mysqlUid;
    }

    public static String backupJob(String mysql) {
        return "backup-" + mysql + "-job";
    }

    public static String restoreJob(String mysql) {
        return "restore-" + mysql + "-job";
    }

    public static String passwordJob(String mysql) {
        return "change-pass-" + mysql + "-job";
    }

    public static String checkJob(String mysql) {
        return "check-" + mysql + "-job";
    }

    /** The Secret that applications read. */
    public static String binding(String mysql) {
        return mysql + "-binding";
    }

    /** Of all Jobs in the database's namespace. */
    public static List<String> jobs(String mysql) {
        return List.of(backupJob(mysql), restoreJob(mysql), passwordJob(mysql), checkJob(mysql));
    }
}
