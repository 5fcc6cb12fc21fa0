package homework.otus.mysql.program.password;

import homework.otus.mysql.program.Arguments;

/** A step of a change of root's password: what a password Job does. */
public enum PasswordTask {
    /** Gives the accounts the next password, and retains the one in force. */
    CHANGE,
    /** Ends what was retained. */
    DISCARD,
    /** Makes all accounts what they should be, and says why where that can't be. */
    ENSURE;

    /** The step's task, of the revision that the change leads to. */
    public String task(long revision) {
        return Arguments.word(this) + "-" + revision;
    }
}
