package io.flotilla.samples.farm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The balancers that the farm's option names. */
enum BalancerKind {
    BUILTIN(true),
    HAPROXY(true),
    NGINX(false),
    SQUID(false),
    VARNISH(false),
    APACHE(false),
    LIGHTTPD(false);

    private final boolean exists;

    BalancerKind(boolean exists) {
        this.exists = exists;
    }

    static BalancerKind parse(String text) {
        BalancerKind kind = Arrays.stream(values())
                .filter(each -> each.title().equals(text))
                .findFirst()
                .orElseThrow(() -> FarmFailure.badOption(
                        "--balancer must be one of " + String.join(", ", titles()) + ", was '" + text + "'"));
        if (!kind.exists) {
            throw FarmFailure.badOption("--balancer " + text + ": this part does not exist yet");
        }
        return kind;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(BalancerKind::title).toList();
    }
}
