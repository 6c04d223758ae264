package io.flotilla.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ApplicationUnderTest;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A web application is deployed anew into a server that goes on, and whose cluster member belongs to the server: the member
 * keeps the sessions and nothing of the application.
 */
final class RedeployTest implements ClusterTest.Setup {
    private static final String SERVLET = "class ShopServlet extends jakarta.servlet.http.HttpServlet {"
            + " protected void doGet(jakarta.servlet.http.HttpServletRequest request,"
            + " jakarta.servlet.http.HttpServletResponse response) throws java.io.IOException {"
            + " var session = request.getSession();"
            + " var cart = (Cart) session.getAttribute(\"cart\");"
            + " if (cart == null) { cart = new Cart(); session.setAttribute(\"cart\", cart); }"
            + " cart.articles.add(Colour.RED);"
            + " response.getWriter().print(cart); } }";
    private static final String COLOUR = "enum Colour { RED }";

    @TempDir
    private Path directory = Path.of("");

    private final Tomcat tomcat = new Tomcat();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(Sessions.module());
    }

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static String cart(String release) {
        return "class Cart implements java.io.Serializable { private static final long serialVersionUID = 1;"
                + " List<Object> articles = new ArrayList<>();"
                + " public String toString() { return \"" + release + "\" + articles; } }";
    }

    private Context deploy(TestCluster cluster, String release) throws IOException {
        Path files = directory.resolve(release);
        ApplicationUnderTest.compile(files.resolve("WEB-INF/classes"), cart(release), COLOUR, SERVLET);
        Context context = new StandardContext();
        context.setPath("");
        context.setDocBase(files.toString());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addServletContainerInitializer(
                (classes, starting) -> cluster.member(0).get(Sessions.class).register(starting), null);
        Tomcat.addServlet(context, "shop", "shop.ShopServlet").addMapping("/*");
        tomcat.getHost().addChild(context);
        return context;
    }

    private String visit() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
        return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** In a method of its own, so that no local variable holds the application. */
    private WeakReference<ClassLoader> serve(TestCluster cluster, String release, String... answers) throws Exception {
        Context context = deploy(cluster, release);
        for (String each : answers) {
            assertThat(visit()).isEqualTo(each);
        }
        WeakReference<ClassLoader> loader =
                new WeakReference<>(context.getLoader().getClassLoader());
        context.stop();
        tomcat.getHost().removeChild(context);
        context.destroy();
        return loader;
    }

    @ClusterTest(members = 1)
    void applicationIsForgottenAndItsSessionsAreNot(TestCluster cluster) throws Exception {
        WeakReference<ClassLoader> first = serve(cluster, "old", "old[RED]", "old[RED, RED]");
        forgotten(first);
        WeakReference<ClassLoader> second = serve(cluster, "new", "new[RED, RED, RED]");
        forgotten(second);
    }

    private static void forgotten(WeakReference<ClassLoader> loader) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }
}
