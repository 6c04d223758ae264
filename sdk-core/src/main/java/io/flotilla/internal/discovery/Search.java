package io.flotilla.internal.discovery;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.DiscoveryConfig;
import com.hazelcast.config.DiscoveryStrategyConfig;
import io.flotilla.Discovery;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member's search for the others: asks its {@link Discovery}, and can tell afterwards whom it found and why in vain. */
public final class Search {
    private static final Logger log = LoggerFactory.getLogger(Search.class);

    private static final String UNTOLD = "it did not let this node in; is it of another cluster or version?";

    private final Discovery discovery;
    private final Resolver resolver;
    private volatile @Nullable Answer last;
    private volatile boolean everAnswered;

    public Search(Discovery discovery) {
        this(discovery, Resolver.SYSTEM);
    }

    Search(Discovery discovery, Resolver resolver) {
        this.discovery = discovery;
        this.resolver = resolver;
    }

    /** One address that the discovery named, and what it resolves to: nothing if it does not resolve now. */
    private record Place(String text, List<Address> resolved) {}

    /** What the discovery said: places, or that it failed. */
    private record Answer(List<Place> places, @Nullable RuntimeException failure) {}

    /** Whether no other members are looked for, as against none being known just now. */
    public boolean isNone() {
        return discovery.equals(StaticMembers.NONE);
    }

    /** Makes Hazelcast ask this search. */
    public void install(DiscoveryConfig config) {
        if (!isNone()) {
            config.addDiscoveryStrategyConfig(new DiscoveryStrategyConfig(AddressStrategy.factory(this)));
        }
    }

    /**
     * Where members may be now. A discovery that fails fails the start: whoever cannot be asked has not said that there is
     * nobody. Later on its silence is reported once, and the cluster lives on.
     */
    List<Address> addresses() {
        Answer answer = ask();
        RuntimeException failure = answer.failure();
        if (failure == null) {
            everAnswered = true;
        } else if (!everAnswered) {
            throw failure;
        }
        return answer.places().stream()
                .flatMap(each -> each.resolved().stream())
                .toList();
    }

    private Answer ask() {
        Answer before = last;
        Answer answer = answer();
        last = answer;
        RuntimeException failure = answer.failure();
        if (failure != null && before != null && before.failure() == null) {
            log.warn("{} failed; it is asked again whenever members are looked for", discovery, failure);
        }
        return answer;
    }

    private Answer answer() {
        try {
            List<Place> places = new ArrayList<>();
            for (String text : discovery.addresses()) {
                places.add(new Place(text, resolve(HostPort.parse(text))));
            }
            return new Answer(places, null);
        } catch (RuntimeException failure) {
            return new Answer(List.of(), failure);
        }
    }

    private List<Address> resolve(HostPort place) {
        try {
            return place.resolve(resolver);
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    /**
     * Whom this search has found last, and what a connection to each comes to now. May block for some seconds.
     *
     * @param self the member's own address, which is among those found more often than not
     * @param refusals why members of this address were not joined, where that is known: {@code host:port} to a sentence
     */
    public String report(Address self, Map<String, String> refusals) {
        Answer known = last;
        Answer answer = known != null ? known : ask();
        if (answer.failure() != null) {
            return discovery + ", which failed with " + answer.failure();
        }
        Set<String> others = new LinkedHashSet<>();
        Probe probe = new Probe();
        for (Place place : answer.places()) {
            if (place.resolved().isEmpty()) {
                others.add(place.text() + " (does not resolve)");
            }
            for (Address each : place.resolved()) {
                if (!each.equals(self)) {
                    String numeric = new HostPort(each.getHost(), each.getPort()).toString();
                    String name = numeric.equals(place.text()) ? numeric : place.text() + " = " + numeric;
                    others.add(name + " (" + probe.of(each, refusals.getOrDefault(numeric, UNTOLD)) + ")");
                }
            }
        }
        return others.isEmpty() ? discovery + ", which names nobody else now" : String.join(", ", others);
    }

    @Override
    public String toString() {
        return discovery.toString();
    }
}
