package homework.otus.mysql.observe;

import homework.otus.mysql.api.MySQLSpec;
import homework.otus.mysql.api.MySQLStatus;
import org.jspecify.annotations.Nullable;

/** The images and configurations involved in running a database. */
public final class Variants {
    private Variants() {}

    /** What the user asks for. */
    public static ServerVariant wanted(Observed o) {
        MySQLSpec spec = o.mysql().getSpec();
        return new ServerVariant(spec.getImage(), spec.getConfig());
    }

    /** The last server that became ready on the data volume; null before the first, or where nobody knows. */
    public static @Nullable ServerVariant lastServed(Observed o) {
        ServerVariant serving = o.server().ready() ? o.server().variant() : null;
        ServedMark mark = o.data().served();
        return serving != null || mark == null ? serving : mark.variant();
    }

    /** The image of the last server that became ready, and so the one that the data is of; null before the first. */
    public static @Nullable String lastReady(Observed o) {
        ServerVariant served = lastServed(o);
        if (served != null) {
            return served.image();
        }
        // A database of before the mark, or one whose mark somebody has spoiled.
        MySQLStatus status = o.mysql().getStatus();
        return status == null ? null : status.image();
    }

    /** The image that the data is of, as far as anybody can know. */
    public static String ofData(Observed o) {
        String last = lastReady(o);
        String running = o.server().image();
        return last != null ? last : running != null ? running : wanted(o).image();
    }
}
