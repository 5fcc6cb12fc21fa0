package homework.otus.mysql.status;

import java.util.EnumSet;
import java.util.Set;

/** Why a condition is as it is. The names are what users read: README.md says of each what to do. */
public enum Reason {
    Serving,
    Starting,
    /** It served before, and does not now. */
    ServerNotReady,
    EarlierLifeTerminating,
    Restoring,
    Restored,
    NothingToRestore,
    RestoreFailed,
    ImagePullFailed,
    Unschedulable,
    ContainerConfigInvalid,
    InitialisationFailed,
    ServerCrashing,
    /** An object of somebody else has a child's name. */
    Conflict,
    /** The API server refuses a child: a quota, an admission policy. */
    Refused,
    Stopping,
    BackingUp,
    BackupProven,
    NothingToBackUp,
    BackupSkipped,
    BackupFailed,
    DataVolumeLost,
    DataClaimDeleted,
    Releasing,
    Applied,
    ImageChangeNotSupported,
    PasswordChangeNotSupported,
    StorageChangeNotSupported;

    private static final Set<Reason> WARNINGS = EnumSet.of(
            ServerNotReady,
            RestoreFailed,
            ImagePullFailed,
            Unschedulable,
            ContainerConfigInvalid,
            InitialisationFailed,
            ServerCrashing,
            Conflict,
            Refused,
            BackupSkipped,
            BackupFailed,
            DataVolumeLost,
            DataClaimDeleted,
            ImageChangeNotSupported,
            PasswordChangeNotSupported,
            StorageChangeNotSupported);

    /** Whether its event is a warning: somebody has to look at it. */
    public boolean warns() {
        return WARNINGS.contains(this);
    }
}
