package io.flotilla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.codec.UnreadableReason;
import io.flotilla.codec.ValueCodec;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.spi.codec.UnreadableException;
import io.flotilla.spi.codec.UnstorableException;
import io.flotilla.spi.codec.ValueFormats;
import java.io.Externalizable;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignedObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec has to keep; an application whose codec is its own may extend it. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // old types are what old applications have
public abstract class ValueCodecContract {
    @TempDir
    private Path temp = Path.of("");

    /** The codec under test. */
    protected abstract ValueCodec codec();

    private ValueFormats codec(@Nullable ClassLoader loader, String... allowed) {
        return ValueFormats.of(new CodecSettings("shop", codec(), List.of(), List.of(allowed)), loader);
    }

    private ValueFormats here() {
        return codec(ValueCodecContract.class.getClassLoader());
    }

    private Object round(Object value) throws Exception {
        ValueFormats codec = here();
        return codec.decode(codec.encode(value));
    }

    @Test
    public void formatIsTheFirstByte() throws Exception {
        assertThat(here().encode(new ArrayList<>())[0]).isEqualTo((byte) codec().format());
    }

    private enum Colour {
        RED,
        GREEN {
            @Override
            String shade() {
                return "light";
            }
        };

        String shade() {
            return "dark";
        }
    }

    private record Point(int x, @Nullable String name, List<String> tags) implements Serializable {}

    private static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        private final int id;
        private String note = "";

        Base(int id) {
            this.id = id;
        }
    }

    private static final class Line extends Base {
        private static final long serialVersionUID = 1;
        private final BigDecimal price;
        private final @Nullable Object extra;
        private String note = "shadows";

        Line(int id, @Nullable Object extra) {
            super(id);
            this.price = BigDecimal.valueOf(id, 2);
            this.extra = extra;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Line line
                    && line.price.equals(price)
                    && Objects.equals(line.extra, extra)
                    && line.note.equals(note)
                    && ((Base) line).id == super.id
                    && ((Base) line).note.equals(((Base) this).note);
        }

        @Override
        public int hashCode() {
            return price.hashCode();
        }
    }

    /** Goes through another class, as many libraries' values do. */
    private record Replaced(String text) implements Serializable {
        private Object writeReplace() {
            return new Stand(text);
        }
    }

    private static final class Stand implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        Stand(String text) {
            this.text = text;
        }

        private Object readResolve() {
            return new Replaced(text);
        }
    }

    private static final class OwnForm implements Serializable {
        private static final long serialVersionUID = 1;
        private transient String text;

        OwnForm(String text) {
            this.text = text;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF(text);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            text = in.readUTF();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OwnForm form && form.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Public with a public constructor, as {@code Externalizable} demands. */
    public static final class Outer implements Externalizable {
        private static final long serialVersionUID = 1;
        private String text = "";

        /** For reading. */
        public Outer() {}

        Outer(String text) {
            this.text = text;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            text = in.readUTF();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Outer outer && outer.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Values of all kinds that applications keep. */
    static Stream<Object> values() {
        return Stream.of(
                Colour.RED,
                Colour.GREEN,
                new Point(1, null, List.of("a")),
                new Line(7, new Line(8, null)),
                new Replaced("text"),
                new OwnForm("text"),
                new Outer("text"),
                BigDecimal.valueOf(1, 2),
                BigInteger.TEN.pow(40),
                Duration.ofNanos(5),
                Period.ofDays(2),
                LocalDateTime.MIN,
                ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneId.of("Europe/Paris")),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(2)),
                Year.of(3),
                ZoneOffset.UTC,
                new Date(5),
                new java.sql.Timestamp(6),
                TimeZone.getTimeZone("Europe/Paris"),
                new GregorianCalendar(2026, 1, 2),
                Locale.CANADA_FRENCH,
                Currency.getInstance("EUR"),
                URI.create("http://example.org/a?b"),
                new File("a"),
                new BitSet(),
                String.class,
                int.class,
                new int[] {1, 2},
                new String[][] {{"a", null}, {}},
                new Object[] {1, "a", null, Colour.GREEN},
                List.of(),
                List.of(1, 2, 3),
                Set.of("a"),
                Map.of(1, 2),
                Arrays.asList(1, null),
                Collections.emptyList(),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))),
                Collections.singletonMap(1, 2),
                new LinkedList<>(List.of(1, 2)),
                new Vector<>(List.of(1)),
                new CopyOnWriteArrayList<>(List.of(1)),
                new HashMap<>(Map.of("a", new Point(1, "b", List.of()))),
                new LinkedHashMap<>(Map.of("a", 1)),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                new Hashtable<>(Map.of(1, 2)),
                new ConcurrentHashMap<>(Map.of(1, 2)),
                new ConcurrentSkipListMap<>(Map.of(1, 2)),
                new EnumMap<>(Map.of(Colour.GREEN, 1)),
                EnumSet.of(Colour.RED, Colour.GREEN),
                new HashSet<>(Set.of(1, 2)),
                new LinkedHashSet<>(List.of(2, 1)),
                new TreeSet<>(Set.of(2, 1)),
                new Properties());
    }

    @ParameterizedTest
    @MethodSource("values")
    public void valueComesBack(Object value) throws Exception {
        Object read = round(value);

        assertThat(read).isEqualTo(value);
        assertThat(read.getClass()).isEqualTo(value.getClass());
        assertThat(((List<?>) round(new ArrayList<>(List.of(value)))).toArray()).isEqualTo(new Object[] {value});
    }

    @ParameterizedTest
    @MethodSource("values")
    public void sameValueGivesTheSameBytes(Object value) throws Exception {
        ValueFormats codec = here();
        Object read = codec.decode(codec.encode(value));
        byte[] baseline = codec.encode(read);

        assertThat(codec.encode(read)).isEqualTo(baseline);
    }

    @Test
    public void valuesWithoutEqualityComeBack() throws Exception {
        assertThat(((Colour) round(Colour.GREEN)).shade()).isEqualTo("light");
        assertThat(((Colour) round(Colour.RED)).shade()).isEqualTo("dark");
        assertThat(new ArrayList<>((ArrayDeque<?>) round(new ArrayDeque<>(List.of(1, 2)))))
                .isEqualTo(List.of(1, 2));
        assertThat(((PriorityQueue<?>) round(new PriorityQueue<>(List.of(2, 1)))).peek())
                .isEqualTo(1);
        assertThat(round(new IllegalStateException("failed"))).hasToString("java.lang.IllegalStateException: failed");
    }

    private static final class Node implements Serializable {
        private static final long serialVersionUID = 1;
        private @Nullable Node next;
        private final Set<Object> known = new HashSet<>();
        private transient int forgotten = 5;
    }

    @Test
    public void objectsKeepTheirIdentityWithinAValue() throws Exception {
        Node one = new Node();
        Node other = new Node();
        one.next = other;
        other.next = one;
        one.known.add(other);
        one.forgotten = 7;
        Date shared = new Date();

        Node read = (Node) round(one);
        assertThat(Objects.requireNonNull(read.next).next).isSameAs(read);
        assertThat(read.known).containsExactly(read.next);
        assertThat(read.forgotten).isNotEqualTo(7);
        List<?> dates = (List<?>) round(new ArrayList<>(List.of(shared, shared)));
        assertThat(dates.get(0)).isSameAs(dates.get(1));
    }

    @Test
    public void largeValuesComeBack() throws Exception {
        List<Object> many = new ArrayList<>(Collections.nCopies(100_000, null));
        many.add(new byte[1 << 20]);
        many.add("x".repeat(1 << 20));
        List<Object> lines = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lines.add(new Line(i, null));
        }

        assertThat((List<?>) round(many)).hasSize(100_002);
        assertThat(round(lines)).isEqualTo(lines);
    }

    @Test
    public void deeplyNestedValuesComeBack() throws Exception {
        Object value = "core";
        for (int i = 0; i < 300; i++) {
            value = new ArrayList<>(List.of(value));
        }

        assertThat(round(value)).isEqualTo(value);
    }

    @Test
    public void classMayHaveManyFields() throws Exception {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            fields.append("int fieldWithALongName")
                    .append(i)
                    .append(" = ")
                    .append(i)
                    .append("; ");
        }
        try (ApplicationUnderTest wide = release("wide", cart(fields.toString(), "\"\" + fieldWithALongName599"))) {
            assertThat(moved(wide, wide, "Cart")).isEqualTo("[599, end]");
        }
    }

    private static final class NotStorable {}

    @Test
    public void valueThatIsNotSerializableIsNamedWhereverItHides() {
        assertThatThrownBy(() -> here().encode(new ArrayList<>(List.of(Map.of("a", new NotStorable())))))
                .isInstanceOf(UnstorableException.class)
                .hasMessage("class " + NotStorable.class.getName()
                        + " is not serializable; implement java.io.Serializable, or make the field that holds it"
                        + " transient");
    }

    /** Changed by another thread while it is written: as a collection would, it says so until that thread is done. */
    private static final class Busy implements Serializable {
        private static final long serialVersionUID = 1;
        private static int failures;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            if (failures-- > 0) {
                throw new ConcurrentModificationException();
            }
        }
    }

    @Test
    public void valueModifiedMeanwhileIsTriedAgain() throws Exception {
        Busy.failures = 3;
        assertThat(round(new Busy())).isInstanceOf(Busy.class);
        Busy.failures = Integer.MAX_VALUE;
        assertThat(here().tryEncode(new ArrayList<>(List.of(new Busy())))).isNull();
    }

    @Test
    public void codecWorksOnAfterAFailure() throws Exception {
        ValueFormats codec = here();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> codec.encode(List.of("x", new NotStorable())))
                    .isInstanceOf(UnstorableException.class);
            assertThatThrownBy(() -> codec.decode(new byte[] {(byte) codec().format(), 1, 2, 3}))
                    .isInstanceOf(UnreadableException.class);
            assertThat(codec.decode(codec.encode(new Line(1, List.of("x"))))).isEqualTo(new Line(1, List.of("x")));
        }
    }

    @Test
    public void classesAreRefusedByTheRules() throws Exception {
        SignedObject gadget = new SignedObject(
                "x",
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate(),
                Signature.getInstance("SHA256withECDSA"));
        ValueFormats strict = codec(null, "com.shop.**");

        assertThatThrownBy(() -> here().encode(new ArrayList<>(List.of(gadget))))
                .isInstanceOf(UnstorableException.class)
                .hasMessage("class java.security.SignedObject is refused;" + " shop.allowClasses says which are not");
        byte[] bytes = here().encode(new ArrayList<>(List.of(new Point(1, null, List.of()))));
        assertUnreadable(strict, bytes, UnreadableReason.REFUSED, Point.class.getName());
        assertThatThrownBy(() -> strict.encode(List.of(new Point(1, null, List.of()))))
                .isInstanceOf(UnstorableException.class)
                .hasMessage("class " + Point.class.getName() + " is refused; shop.allowClasses says which are not");
        assertThat(strict.decode(strict.encode(new TreeMap<>(Map.of("b", new Date(1))))))
                .isEqualTo(Map.of("b", new Date(1)));
    }

    private static void assertUnreadable(
            ValueFormats formats, byte[] bytes, UnreadableReason reason, String className) {
        assertThatThrownBy(() -> formats.decode(bytes)).isInstanceOfSatisfying(UnreadableException.class, why -> {
            assertThat(why.reason()).isEqualTo(reason);
            assertThat(why.className()).contains(className);
        });
    }

    private ApplicationUnderTest release(String name, String... classes) throws IOException {
        return ApplicationUnderTest.of(temp.resolve(name), classes);
    }

    private static String cart(String fields, String text) {
        return "class Cart implements java.io.Serializable { private static final long serialVersionUID = 1; " + fields
                + " public String toString() { return " + text + "; } }";
    }

    private String moved(ApplicationUnderTest from, ApplicationUnderTest to, String type) throws Exception {
        byte[] bytes = codec(from.loader()).encode(new ArrayList<>(List.of(from.create("shop." + type), "end")));
        return codec(to.loader()).decode(bytes).toString();
    }

    @Test
    public void fieldsMayBeAddedAndRemoved() throws Exception {
        try (ApplicationUnderTest old = release("old", cart("int a = 1; String b = \"x\";", "a + b"));
                ApplicationUnderTest grown = release(
                        "new", cart("int a = 3; String b = \"y\"; Object c = 5; long d = 6;", "a + b + c + d"))) {
            assertThat(moved(old, grown, "Cart"))
                    .isIn("[1xnull0, end]", "[1x56, end]"); // without or with its constructor
            assertThat(moved(grown, old, "Cart")).isEqualTo("[3y, end]");
            assertThat(moved(grown, grown, "Cart")).isEqualTo("[3y56, end]");
        }
    }

    @Test
    public void enumConstantsMayBeInserted() throws Exception {
        String holder = cart("Colour c = Colour.GREEN;", "c.toString()");
        try (ApplicationUnderTest old = release("old", holder, "enum Colour { RED, GREEN }");
                ApplicationUnderTest grown = release("new", holder, "enum Colour { BLUE, RED, GREEN }")) {
            assertThat(moved(old, grown, "Cart")).isEqualTo("[GREEN, end]");
            assertThat(moved(grown, old, "Cart")).isEqualTo("[GREEN, end]");
        }
    }

    @Test
    public void unknownEnumConstantIsUnreadable() throws Exception {
        String holder = cart("Colour c = Colour.BLUE;", "c.toString()");
        try (ApplicationUnderTest grown = release("new", holder, "enum Colour { BLUE, RED }");
                ApplicationUnderTest old =
                        release("old", cart("Colour c = Colour.RED;", "c.toString()"), "enum Colour { RED }")) {
            assertThatThrownBy(() -> moved(grown, old, "Cart")).isInstanceOf(UnreadableException.class);
        }
    }

    /** Whatever a codec makes of it, it is not a wrong value. */
    @Test
    public void changedTypeOfAFieldIsUnreadable() throws Exception {
        try (ApplicationUnderTest old = release("old", cart("Date a = new Date(1);", "\"\" + a"));
                ApplicationUnderTest other =
                        release("new", cart("List<String> a = new ArrayList<>(List.of(\"b\"));", "\"\" + a"))) {
            assertThatThrownBy(() -> moved(old, other, "Cart")).isInstanceOf(UnreadableException.class);
            assertThatThrownBy(() -> moved(other, old, "Cart")).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    public void missingClassIsNamed() throws Exception {
        try (ApplicationUnderTest old = release("old", cart("", "\"\""));
                ApplicationUnderTest other = release("new")) {
            byte[] bytes = codec(old.loader()).encode(new ArrayList<>(List.of(old.create("shop.Cart"))));

            assertUnreadable(codec(other.loader()), bytes, UnreadableReason.MISSING_CLASS, "shop.Cart");
        }
    }

    /** Damage is told from a value, or gives another value: it never takes the memory or the node. */
    @Test
    public void damagedBytesHarmNobody() throws Exception {
        ValueFormats codec = here();
        byte[] good = codec.encode(new ArrayList<>(
                List.of(new Line(1, new Point(1, "b", List.of("c"))), new HashMap<>(Map.of("d", 1)))));
        Random random = new Random(4711);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = i % 3 == 0 ? Arrays.copyOf(good, 1 + random.nextInt(good.length - 1)) : good.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            bytes[0] = good[0];
            try {
                assertThat(codec.decode(bytes)).isNotNull();
            } catch (UnreadableException unreadable) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(codec.decode(good)).isInstanceOf(List.class);
    }

    @Test
    public void manyThreadsShareACodec() throws Exception {
        ValueFormats codec = here();
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<@Nullable Void>> tasks = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                int thread = t;
                tasks.add(() -> {
                    for (int i = 0; i < 500; i++) {
                        Line value = new Line(thread * 1000 + i, Map.of("a", i));
                        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
                    }
                    return null;
                });
            }
            for (Future<?> each : pool.invokeAll(tasks)) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void applicationIsForgottenWhenItEnds() throws Exception {
        ValueCodec codec = codec();
        WeakReference<ClassLoader> loader = used(codec);

        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(codec.format()).as("the codec itself lives on").isPositive();
    }

    private WeakReference<ClassLoader> used(ValueCodec codec) throws Exception {
        try (ApplicationUnderTest application = release(
                "app",
                cart("List<Object> a = new ArrayList<>(List.of(Colour.RED));", "a.toString()"),
                "enum Colour { RED }")) {
            ValueFormats used =
                    ValueFormats.of(new CodecSettings("shop", codec, List.of(), List.of()), application.loader());
            for (int i = 0; i < 50; i++) {
                byte[] bytes = used.encode(new ArrayList<>(List.of(application.create("shop.Cart"))));
                assertThat(used.decode(bytes)).hasToString("[[RED]]");
            }
            return new WeakReference<>(application.loader());
        }
    }
}
