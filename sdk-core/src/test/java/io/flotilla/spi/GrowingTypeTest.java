package io.flotilla.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GrowingTypeTest {
    private static final int HEADER = 8 + 1 + 4 + 4; // partition hash and serializer, kind, factory id, class id

    private static final class Counted extends GrowingType {
        private int value;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        protected void writeFields(ObjectDataOutput out) throws IOException {
            out.writeInt(value);
        }

        @Override
        protected void readFields(ObjectDataInput in) throws IOException {
            value = in.readInt();
        }
    }

    private final InternalSerializationService serialization = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(1, classId -> new Counted())
            .build();

    @AfterEach
    void dispose() {
        serialization.dispose();
    }

    private String bytes(Counted number) {
        return HexFormat.of().formatHex(serialization.toBytes(number)).substring(2 * HEADER);
    }

    private Counted read(String bytes) {
        String head =
                HexFormat.of().formatHex(serialization.toBytes(new Counted())).substring(0, 2 * HEADER);
        return serialization.toObject(new HeapData(HexFormat.of().parseHex(head + bytes)));
    }

    @Test
    void fieldsAloneCostOneByteMore() {
        Counted number = new Counted();
        number.value = 5;

        assertThat(bytes(number)).isEqualTo("01" + "00000005");
        assertThat(read("0100000005").value).isEqualTo(5);
        assertThat(read("0100000005").addition(1)).isNull();
    }

    @Test
    void additionsTravelByNumber() {
        Counted number = new Counted();
        number.value = 5;
        number.add(127, new byte[] {1, 2});
        number.add(3, new byte[0]);

        String bytes = "02" + "02" + "0300000000" + "7f000000020102" + "00000005";
        assertThat(bytes(number)).isEqualTo(bytes);
        assertThat(read(bytes).value).isEqualTo(5);
        assertThat(read(bytes).addition(127)).containsExactly(1, 2);
        assertThat(bytes(read(bytes))).isEqualTo(bytes);
    }

    @Test
    void aSuccessorKeepsThemAndMayChangeItsOwn() {
        Counted number = new Counted();
        number.add(1, new byte[] {1});
        Counted successor = new Counted();
        successor.keepAdditionsOf(number);
        successor.add(1, new byte[] {2});
        successor.add(2, new byte[] {3});

        assertThat(number.addition(1)).containsExactly(1);
        assertThat(number.addition(2)).isNull();
        assertThat(successor.addition(1)).containsExactly(2);
    }

    @Test
    void numbersAreOneByte() {
        assertThatThrownBy(() -> new Counted().add(128, new byte[0]))
                .hasMessage("wire.addition must be between 1 and 127, was 128");
        assertThatThrownBy(() -> new Counted().add(0, new byte[0]))
                .hasMessage("wire.addition must be between 1 and 127, was 0");
    }

    @Test
    void anotherFormIsRefused() {
        assertThatThrownBy(() -> read("0300000005"))
                .rootCause()
                .hasMessage("Counted in the form 3, which this release does not know");
    }

    @Test
    void additionsOfTwoAreKeptAndOfTheSameNumberOnesOwn() {
        Counted number = new Counted();
        number.add(1, new byte[] {1});
        Counted other = new Counted();
        other.add(1, new byte[] {2});
        other.add(2, new byte[] {3});
        number.keepAdditionsOfBoth(other);

        assertThat(number.addition(1)).containsExactly(1);
        assertThat(number.addition(2)).containsExactly(3);
        assertThat(other.addition(1)).containsExactly(2);
    }

    @Test
    void additionsThatNoReleaseCanHaveWrittenAreRefused() {
        for (String count : List.of("00", "ff", "80")) {
            assertThatThrownBy(() -> read("02" + count + "00000005"))
                    .rootCause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("additions");
        }
    }
}
