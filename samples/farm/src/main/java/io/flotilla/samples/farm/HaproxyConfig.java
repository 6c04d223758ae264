package io.flotilla.samples.farm;

import java.util.List;

/** HAProxy's configuration for a farm. */
final class HaproxyConfig {
    private HaproxyConfig() {}

    static String render(int port, List<Node> nodes) {
        StringBuilder config = new StringBuilder(String.format("""
            # Made by the sample farm.
            global
              maxconn 2000

            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 120s
              timeout check 2s
              option forwardfor

            frontend farm
              bind 127.0.0.1:%d
              default_backend nodes

            backend nodes
              # In turn, whoever asks: no cookie, no stick table, no hash.
              balance roundrobin
              option httpchk
              http-check send meth GET uri /health/ready?lb=haproxy ver HTTP/1.1 hdr Host farm
              http-check expect status 200
              option redispatch 1
              retries 2
              # A request that may have had an effect is not sent twice.
              retry-on conn-failure empty-response
              http-request disable-l7-retry if METH_POST
              default-server check inter 500ms fall 2 rise 1
            """, port));
        for (Node node : nodes) {
            config.append("  server ")
                    .append(node.name())
                    .append(' ')
                    .append(node.url().getAuthority())
                    .append('\n');
        }
        return config.toString();
    }
}
