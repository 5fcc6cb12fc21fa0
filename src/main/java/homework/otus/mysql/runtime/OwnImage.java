package homework.otus.mysql.runtime;

import jakarta.inject.Singleton;

/** The image that this operator runs from, which the Jobs run too. */
@Singleton
public final class OwnImage {
    public String reference() {
        throw new UnsupportedOperationException();
    }
}
