package io.flotilla.internal.wire;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The levels of the wire format that a member speaks, which it announces to all others. Each release that brings a new
 * message or a new structure takes the next level; additions to what there is need none.
 *
 * @param oldest the oldest level beside which the member can live
 * @param newest the newest level that it knows
 */
public record WireLevels(int oldest, int newest) {
    /** The newest level that this release knows. */
    private static final int NEWEST = 1;
    /** Raised only when a release can no longer live beside members that know no more than the level before. */
    private static final int OLDEST = 1;

    private static final WireLevels OWN = new WireLevels(OLDEST, NEWEST);

    private static final String ATTRIBUTE = "flotilla.wire";
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})-(\\d{1,6})\\b.*");

    /** Lets a member announce those of this release. */
    public static void install(Config member) {
        member.getMemberAttributeConfig().setAttribute(ATTRIBUTE, OWN.oldest + "-" + OWN.newest);
    }

    /** Those that a member has announced; null if it runs without Flotilla. */
    public static @Nullable WireLevels of(Map<String, String> attributes) {
        String announced = attributes.get(ATTRIBUTE);
        if (announced == null) {
            return null;
        }
        Matcher form = FORM.matcher(announced);
        if (!form.matches()) {
            throw new IllegalStateException("a member announces the wire levels '" + announced + "'");
        }
        return new WireLevels(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** The newest level that all of these members know. */
    public static int common(Collection<Member> members) {
        int common = NEWEST;
        for (Member each : members) {
            WireLevels levels = of(each.getAttributes());
            common = levels == null ? common : Math.min(common, levels.newest);
        }
        return common;
    }

    /** Whether there is a level that both speak. */
    public boolean overlap(WireLevels other) {
        return oldest <= other.newest && other.oldest <= newest;
    }

    @Override
    public String toString() {
        return oldest == newest ? "level " + newest : "levels " + oldest + " to " + newest;
    }
}
