package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes this module's wire types. A class id is never used again for another type. */
public final class SessionsFactory implements DataSerializableFactory {

    @Override
    public IdentifiedDataSerializable create(int classId) {
        return switch (classId) {
            case SessionRecord.CLASS_ID -> new SessionRecord();
            case OpenReply.CLASS_ID -> new OpenReply();
            case CommitReply.CLASS_ID -> new CommitReply();
            case OpenProcessor.CLASS_ID -> new OpenProcessor();
            case TouchProcessor.CLASS_ID -> new TouchProcessor();
            case CommitProcessor.CLASS_ID -> new CommitProcessor();
            case InvalidateProcessor.CLASS_ID -> new InvalidateProcessor();
            case SweepProcessor.CLASS_ID -> new SweepProcessor();
            case AccessBackup.CLASS_ID -> new AccessBackup();
            case RemoveBackup.CLASS_ID -> new RemoveBackup();
            case RecordBackup.CLASS_ID -> new RecordBackup();
            case EndReply.CLASS_ID -> new EndReply();
            case EndProcessor.CLASS_ID -> new EndProcessor();
            case FinishProcessor.CLASS_ID -> new FinishProcessor();
            case EndingBackup.CLASS_ID -> new EndingBackup();
            case PrincipalSessions.CLASS_ID -> new PrincipalSessions();
            case PrincipalProcessor.CLASS_ID -> new PrincipalProcessor();
            case PrincipalBackup.CLASS_ID -> new PrincipalBackup();
            case PrincipalMergePolicy.CLASS_ID -> new PrincipalMergePolicy();
            case InspectProcessor.CLASS_ID -> new InspectProcessor();
            case SessionSummary.CLASS_ID -> new SessionSummary();
            case SessionMergePolicy.CLASS_ID -> new SessionMergePolicy();
            case Alive.CLASS_ID -> new Alive();
            case OpenInTurnProcessor.CLASS_ID -> new OpenInTurnProcessor();
            case TurnProcessor.CLASS_ID -> new TurnProcessor();
            case TurnBackup.CLASS_ID -> new TurnBackup();
            default ->
                throw new IllegalArgumentException(
                        "unknown type " + classId + " of the sessions module: a newer release of Flotilla sent it");
        };
    }
}
