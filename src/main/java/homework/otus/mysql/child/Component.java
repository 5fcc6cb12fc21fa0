package homework.otus.mysql.child;

import java.util.Locale;

/** The part that a child plays, as its label {@code app.kubernetes.io/component} says. */
public enum Component {
    SERVER,
    CREDENTIALS,
    DATA,
    BACKUP,
    RESTORE,
    PASSWORD,
    CHECK,
    BINDING,
    VOLUME;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
