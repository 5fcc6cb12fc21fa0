package homework.otus.mysql.observe;

import org.jspecify.annotations.Nullable;

/**
 * The password that the user asks for, in the object itself or in a Secret that it names.
 *
 * @param value null where the Secret or its key is missing
 * @param problem what is missing; empty where nothing is
 */
public record WantedPassword(@Nullable String value, String problem) {
    public static WantedPassword of(String value) {
        return new WantedPassword(value, "");
    }

    public static WantedPassword missing(String problem) {
        return new WantedPassword(null, problem);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "WantedPassword[problem=" + problem + "]";
    }
}
