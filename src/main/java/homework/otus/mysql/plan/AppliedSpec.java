package homework.otus.mysql.plan;

import homework.otus.mysql.manifest.Credentials;
import homework.otus.mysql.observe.Observed;

/**
 * The part of the spec that the running server has. A change of image or password is a procedure, never a by-product of
 * correcting drift: what runs stays as it is until the procedure has been gone through.
 */
public final class AppliedSpec {
    private AppliedSpec() {}

    /** The image that the server runs, or will run where there is none yet. */
    public static String image(Observed o) {
        String running = o.server().image();
        return running == null ? o.mysql().getSpec().getImage() : running;
    }

    /** The password that the server was given, or will be given where there is none yet. */
    public static String password(Observed o) {
        String given = o.credentials() == null ? null : Credentials.password(o.credentials());
        return given == null ? o.mysql().getSpec().getPassword() : given;
    }
}
