package io.flotilla.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What no compiler checks about how the modules hang together, and about what none of them may do. */
@AnalyzeClasses(packages = "io.flotilla", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "io.flotilla";
    private static final Set<String> FEATURES = Set.of("sessions", "cache", "storage", "health");
    private static final Set<String> SAMPLES = Set.of("benchmarks", "webapp", "farm", "containers", "architecture");
    private static final Pattern NESTED = Pattern.compile("\\$.*");

    /** The module that a class belongs to: the part of its package after the root, or core. */
    private static String module(JavaClass type) {
        String name = type.getPackageName();
        String first =
                name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.", -1)[0];
        return FEATURES.contains(first) || SAMPLES.contains(first) ? first : "core";
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static final DescribedPredicate<JavaClass> OF_THE_SDK =
            describe("of the SDK", type -> isOurs(type) && !isTestKit(type) && !SAMPLES.contains(module(type)));

    /** Core's test jar is on the class path in some builds; it may use what it likes. */
    private static boolean isTestKit(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".testkit")
                || type.getName().startsWith(ROOT + ".TestMembers");
    }

    @ArchTest
    static void everyModuleIsLookedAt(JavaClasses all) {
        Set<String> seen = new HashSet<>();
        all.forEach(each -> seen.add(module(each)));
        assertThat(seen).contains("core").containsAll(FEATURES);
    }

    @ArchTest
    static final ArchRule internalStaysInItsModule = classes()
            .that(describe("are ours", ArchitectureTest::isOurs))
            .should(dependOnlyOn(
                    "not use what is internal to another module",
                    dependency -> !isInternal(dependency.getTargetClass())
                            || module(dependency.getTargetClass()).equals(module(dependency.getOriginClass()))));

    private static boolean isInternal(JavaClass type) {
        return isOurs(type) && (type.getPackageName() + ".").contains(".internal.");
    }

    @ArchTest
    static final ArchRule featuresKnowCoreButNotEachOther = classes()
            .that(describe("are of the SDK", OF_THE_SDK))
            .should(dependOnlyOn("know core, or their own module, only", dependency -> {
                JavaClass target = dependency.getTargetClass();
                return !isOurs(target)
                        || module(target).equals("core")
                        || module(target).equals(module(dependency.getOriginClass()));
            }));

    private static ArchCondition<JavaClass> dependOnlyOn(
            String description, java.util.function.Predicate<Dependency> allowed) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency each : origin.getDirectDependenciesFromSelf()) {
                    if (!allowed.test(each)) {
                        events.add(SimpleConditionEvent.violated(each, each.getDescription()));
                    }
                }
            }
        };
    }

    @ArchTest
    static final ArchRule modulesFormNoCycle = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return isOurs(type) ? SliceIdentifier.of(module(type)) : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "modules";
                }
            })
            .should()
            .beFreeOfCycles();

    /** {@code Cluster.hazelcast()} and {@code ClusterBuilder.hazelcast(Consumer<Config>)} are the two ways around us. */
    @ArchTest
    static final ArchRule noTypeOfHazelcastInTheApi = classes()
            .that(OF_THE_SDK)
            .and()
            .arePublic()
            .and(describe("are API", type -> !isInternal(type)))
            .and(not(resideInAPackage("io.flotilla.spi..")))
            .should(new ArchCondition<>("name no type of Hazelcast in a signature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                            .flatMap(each -> each.getAllInvolvedRawTypes().stream())
                            .filter(ArchitectureTest::isHazelcasts)
                            .forEach(each -> violated(events, type.getName(), each));
                    type.getMembers().stream()
                            .filter(ArchitectureTest::isVisible)
                            .filter(member -> !isEscapeHatch(member))
                            .forEach(member -> involved(member)
                                    .filter(ArchitectureTest::isHazelcasts)
                                    .forEach(each -> violated(events, member.getFullName(), each)));
                }

                private void violated(ConditionEvents events, String where, JavaClass what) {
                    events.add(SimpleConditionEvent.violated(where, where + " names " + what.getName()));
                }
            });

    private static boolean isHazelcasts(JavaClass type) {
        return type.getBaseComponentType().getPackageName().startsWith("com.hazelcast");
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static boolean isEscapeHatch(JavaMember member) {
        return member.getName().equals("hazelcast")
                && member.getOwner().getPackageName().equals(ROOT);
    }

    private static Stream<JavaClass> involved(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.concat(code.getAllInvolvedRawTypes().stream(), code.getThrowsClause().getTypes().stream());
        }
        return ((JavaField) member).getAllInvolvedRawTypes().stream();
    }

    @ArchTest
    static final ArchRule classesAreFinalSealedOrAbstract = classes()
            .that(OF_THE_SDK)
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should(new ArchCondition<>("be final, sealed or abstract") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Set<JavaModifier> modifiers = type.getModifiers();
                    if (!modifiers.contains(JavaModifier.FINAL)
                            && !modifiers.contains(JavaModifier.ABSTRACT)
                            && !modifiers.contains(JavaModifier.SYNTHETIC)
                            && !type.reflect().isSealed()) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " can be extended by anybody"));
                    }
                }
            });

    /** Time is read in one place, so that a test can stand in for it: see {@code ClusterBuilder.clock} and {@code ticker}. */
    @ArchTest
    static final ArchRule timeIsReadInOnePlace = noClasses()
            .that(describe("are ours", ArchitectureTest::isOurs))
            .and(describe(
                    "are not that place",
                    type -> !NESTED.matcher(type.getName()).replaceFirst("").equals("io.flotilla.internal.SystemTime")))
            .and(describe("are not samples", type -> !SAMPLES.contains(module(type))))
            .should()
            .accessTargetWhere(describe("it reads the system's clock", access -> readsAClock(access.getTarget())));

    private static boolean readsAClock(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.time.InstantSource" -> name.equals("system");
            case "java.time.Instant",
                    "java.time.LocalDate",
                    "java.time.LocalTime",
                    "java.time.LocalDateTime",
                    "java.time.ZonedDateTime",
                    "java.time.OffsetDateTime",
                    "java.time.Year" -> name.equals("now");
            case "java.util.Date" -> name.equals("<init>");
            default -> false;
        };
    }

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .should()
            .accessTargetWhere(describe("it sleeps", ArchitectureTest::sleeps))
            .because("a wait is on a condition, and ends with it");

    private static boolean sleeps(com.tngtech.archunit.core.domain.JavaAccess<?> access) {
        String owner = access.getTarget().getOwner().getName();
        return access.getTarget().getName().equals("sleep")
                && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"));
    }

    /** All test classes that the build has made so far: those of the modules this one depends on are among them. */
    @ArchTest
    static void testsDoNotSleepEither(JavaClasses unused) throws IOException {
        JavaClasses tests = new ClassFileImporter().importPaths(testClasses());
        assertThat(tests.contain("io.flotilla.ClusterBuilderTest"))
                .as("the tests of core are among them")
                .isTrue();
        nothingSleeps.check(tests);
    }

    private static List<Path> testClasses() throws IOException {
        Path root = Path.of("../..").toAbsolutePath().normalize(); // a test runs in its module's folder
        try (Stream<Path> found = Files.find(
                root, 5, (path, attributes) -> attributes.isDirectory() && path.endsWith("target/test-classes"))) {
            return found.toList();
        }
    }

    /** {@code StartRefusal} hears what Hazelcast logs, which comes in types of {@code java.util.logging}. */
    @ArchTest
    static final ArchRule nothingIsWrittenPastTheLog = noClasses()
            .that(describe("are of the SDK or its test kit", type -> isOurs(type) && !SAMPLES.contains(module(type))))
            .and(describe(
                    "do not hear Hazelcast's log", type -> !type.getSimpleName().equals("StartRefusal")))
            .should()
            .accessTargetWhere(describe("it writes to the console", access -> {
                AccessTarget target = access.getTarget();
                return (target.getOwner().getName().equals("java.lang.System")
                                && (target.getName().equals("out")
                                        || target.getName().equals("err")))
                        || (target.getName().equals("printStackTrace")
                                && target.getOwner().isAssignableTo(Throwable.class));
            }))
            .orShould()
            .dependOnClassesThat(
                    resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j.."));

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        Set<String> packages = new HashSet<>();
        all.stream()
                .filter(each -> isOurs(each) && !NESTED.matcher(each.getName()).find())
                .forEach(each -> packages.add(each.getPackageName()));
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(isNullMarked(each)).isTrue());
    }

    private static boolean isNullMarked(String packageName) {
        try {
            return Class.forName(packageName + ".package-info").isAnnotationPresent(NullMarked.class);
        } catch (ClassNotFoundException missing) {
            return false;
        }
    }
}
