package homework.otus.mysql.observe;

import homework.otus.mysql.api.MySQLSpec;
import org.jspecify.annotations.Nullable;

/** The images and configurations involved in running a database. */
public final class Variants {
    private Variants() {}

    /** What the user asks for. */
    public static ServerVariant wanted(Observed observed) {
        MySQLSpec spec = observed.mysql().getSpec();
        return new ServerVariant(spec.getImage(), spec.getConfig());
    }

    /** The last server that became ready on the data volume; null before the first, or where nobody knows. */
    public static @Nullable ServerVariant lastServed(Observed observed) {
        ServerVariant serving = observed.server().ready() ? observed.server().variant() : null;
        ServedMark mark = observed.data().served();
        if (serving != null || mark == null) {
            return serving;
        }
        // Where somebody has spoiled the mark, what was asked for last is the best guess.
        return mark.variant() == null ? observed.server().variant() : mark.variant();
    }

    /** The image of the last server that became ready, and so the one that the data is of; null before the first. */
    public static @Nullable String lastReady(Observed observed) {
        ServerVariant served = lastServed(observed);
        return served == null ? null : served.image();
    }

    /** The image that the data is of, as far as anybody can know. */
    public static String ofData(Observed observed) {
        String last = lastReady(observed);
        String running = observed.server().image();
        return last != null
                ? last
                : running != null ? running : wanted(observed).image();
    }
}
