package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes this module's wire types. A class id is never used again for another type. */
public final class CacheFactory implements DataSerializableFactory {

    @Override
    public IdentifiedDataSerializable create(int classId) {
        return switch (classId) {
            case RowRecord.CLASS_ID -> new RowRecord();
            case RowBackup.CLASS_ID -> new RowBackup();
            case AnswerReply.CLASS_ID -> new AnswerReply();
            case WrittenReply.CLASS_ID -> new WrittenReply();
            case LookProcessor.CLASS_ID -> new LookProcessor();
            case AskProcessor.CLASS_ID -> new AskProcessor();
            case FillProcessor.CLASS_ID -> new FillProcessor();
            case GiveUpProcessor.CLASS_ID -> new GiveUpProcessor();
            case PutProcessor.CLASS_ID -> new PutProcessor();
            case InvalidateProcessor.CLASS_ID -> new InvalidateProcessor();
            case AddProcessor.CLASS_ID -> new AddProcessor();
            case ReportMessage.CLASS_ID -> new ReportMessage();
            case BulletinMessage.CLASS_ID -> new BulletinMessage();
            case WakeMessage.CLASS_ID -> new WakeMessage();
            case SettledQuestion.CLASS_ID -> new SettledQuestion();
            case ForgetMessage.CLASS_ID -> new ForgetMessage();
            case ReclaimProcessor.CLASS_ID -> new ReclaimProcessor();
            default ->
                throw new IllegalArgumentException(
                        "unknown type " + classId + " of the cache module: a newer release of Flotilla sent it");
        };
    }
}
