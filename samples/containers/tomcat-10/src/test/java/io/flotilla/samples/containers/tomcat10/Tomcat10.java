package io.flotilla.samples.containers.tomcat10;

import io.flotilla.samples.containers.Certificate;
import io.flotilla.samples.containers.Container;
import io.flotilla.samples.containers.RunningContainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat with a web application from a directory, as a host would deploy it. */
final class Tomcat10 implements Container {
    private final Consumer<Context> host;

    Tomcat10() {
        this(application -> {});
    }

    /** With a configuration of the application by its host. */
    Tomcat10(Consumer<Context> host) {
        this.host = host;
    }

    @Override
    public RunningContainer start(Path webapp, List<String> contextPaths, Map<String, Object> attributes)
            throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(webapp.toString());
        tomcat.setPort(0);
        tomcat.setAddDefaultWebXmlToWebapp(false); // it declares JSP, which is not here, beside the default servlet
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Connector secure = secure();
        tomcat.getService().addConnector(secure);
        List<Context> contexts = new ArrayList<>();
        for (String each : contextPaths) {
            Context context = tomcat.addWebapp(each, webapp.toString());
            prepare(context);
            attributes.forEach(context.getServletContext()::setAttribute);
            contexts.add(context);
        }
        tomcat.start();
        for (Context each : contexts) {
            if (!each.getState().isAvailable()) {
                tomcat.stop();
                tomcat.destroy();
                throw new IllegalStateException("the application did not start");
            }
        }
        return new Running(tomcat, secure, contexts);
    }

    private static Connector secure() {
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateKeystore(Certificate.keys());
        certificate.setCertificateKeystorePassword(Certificate.PASSWORD);
        host.addCertificate(certificate);
        Connector secure = new Connector();
        secure.setPort(0);
        secure.setSecure(true);
        secure.setScheme("https");
        secure.setProperty("address", "127.0.0.1");
        secure.setProperty("SSLEnabled", "true");
        secure.addSslHostConfig(host);
        return secure;
    }

    private void prepare(Context context) {
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false); // of the tests
        context.setParentClassLoader(Tomcat10.class.getClassLoader());
        ((StandardContext) context).setClearReferencesRmiTargets(false); // it would look into other servers of this JVM
        context.setCrossContext(true);
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        host.accept(context);
    }

    @Override
    public boolean isServlet61() {
        return false;
    }

    private record Running(Tomcat tomcat, Connector secure, List<Context> contexts) implements RunningContainer {

        @Override
        public int port() {
            return tomcat.getConnector().getLocalPort();
        }

        @Override
        public int securePort() {
            return secure.getLocalPort();
        }

        @Override
        public int ownSessions() {
            return contexts.stream()
                    .mapToInt(each -> each.getManager().getActiveSessions())
                    .sum();
        }

        @Override
        public void stop() throws LifecycleException {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
