package io.flotilla.sessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterDataException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttributeCodecTest {
    private final AttributeCodec codec = TestCodecs.of(AttributeCodecTest.class.getClassLoader());

    private static final class NotStorable {}

    /** As if another thread changed it all the time. */
    private static final class Busy implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) {
            throw new ConcurrentModificationException();
        }
    }

    @Test
    void roundTrip() {
        byte[] bytes = codec.encode("cart", List.of("tea"));

        assertThat(codec.tryEncode("cart", List.of("tea"))).isEqualTo(bytes);
        assertThat(codec.decode("cart", bytes)).isEqualTo(List.of("tea"));
        assertThat(codec.read("cart", bytes)).isEqualTo(List.of("tea"));
        assertThat(codec.writesFields()).isTrue();
    }

    @Test
    void attributeThatCannotBeStoredIsNamed() {
        String message = "session attribute 'cart' cannot be stored: class " + NotStorable.class.getName()
                + " is not serializable; implement java.io.Serializable, or make the field that holds it transient";

        assertThatThrownBy(() -> codec.encode("cart", List.of(new NotStorable())))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage(message)
                .hasCauseInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> codec.tryEncode("cart", List.of(new NotStorable())))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage(message);
    }

    @Test
    void attributeThatIsModifiedAllTheTimeIsNamed() {
        assertThatThrownBy(() -> codec.encode("cart", new Busy()))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage("session attribute 'cart' cannot be stored: it is modified all the time");
        assertThat(codec.tryEncode("cart", new Busy())).isNull();
    }

    @Test
    void attributeThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> codec.decode("cart", new byte[] {99, 0}))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage(
                        "session attribute 'cart' cannot be read: it was written in format 99, which this node does not"
                                + " know; name its codec in sessions.alsoReads");
    }
}
