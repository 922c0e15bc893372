package coffer.ui;

import coffer.launch.Checkout;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;

/** The machine's own Chromium, without a window. Nothing is fetched: both programs are named. */
public final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path PICTURES = Checkout.root().resolve("target/pages");

    private final ChromeDriver driver;
    private final Path folder;
    private final URI node;

    private Chromium(ChromeDriver driver, Path folder, URI node) {
        this.driver = driver;
        this.folder = folder;
        this.node = node;
    }

    /** Starts it; a machine without it skips the test and says so. */
    static Chromium start() {
        return start(TestSite.shared().node().uri());
    }

    /** Likewise, for the pages of another node. */
    public static Chromium start(URI node) {
        var browser = Tool.path("chromium");
        var program = Tool.path("chromedriver");
        try {
            var folder = Files.createTempDirectory("chromium");
            var service =
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(program.toFile())
                            .usingAnyFreePort()
                            .build();
            var driver = new ChromeDriver(service, options(browser, folder));
            driver.manage().timeouts().scriptTimeout(PATIENCE);
            driver.executeCdpCommand(
                    "Browser.setDownloadBehavior",
                    Map.of(
                            "behavior",
                            "allow",
                            "downloadPath",
                            Files.createDirectory(folder.resolve("downloads")).toString()));
            return new Chromium(driver, folder, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path browser, Path folder) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--lang=en",
                "--user-data-dir=" + folder.resolve("profile"));
        return options;
    }

    /** Nobody is signed in, and nothing was ever chosen. */
    public void forget() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** No style and no script is in the cache. */
    public void forgetFiles() {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    /** Waits until the page has come, and was painted. */
    public void awaitWhole() {
        Wait.until(
                "the page is painted",
                PATIENCE,
                () ->
                        (boolean)
                                script(
                                        "return document.readyState === 'complete' &&"
                                                + " performance.getEntriesByType('navigation')[0].loadEventEnd > 0 &&"
                                                + " performance.getEntriesByType('paint').some(one =>"
                                                + " one.name === 'first-contentful-paint')"));
    }

    public void open(String path) {
        driver.get(node + path);
    }

    public String path() {
        return driver.getCurrentUrl().substring(node.toString().length());
    }

    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    public void type(String selector, String text) {
        onFresh(selector, element -> element.sendKeys(text));
    }

    public void click(String selector) {
        onFresh(selector, WebElement::click);
    }

    /** A page that shows what goes on puts a new element in the place of one that was found. */
    private void onFresh(String selector, Consumer<WebElement> deed) {
        Wait.until(
                selector + " stands still",
                PATIENCE,
                () -> {
                    try {
                        deed.accept(find(selector));
                        return true;
                    } catch (StaleElementReferenceException replaced) {
                        return false;
                    }
                });
    }

    /** Clicks what leads to another page, and waits until that one is whole. */
    public void go(String selector) {
        script("window.leaving = true");
        click(selector);
        awaitNext(selector);
    }

    private void awaitNext(String selector) {
        Wait.until(
                "another page after " + selector,
                PATIENCE,
                () -> holds("return !window.leaving && document.readyState === 'complete'"));
    }

    /** Presses keys, one after the other, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses the tab key backwards. */
    void pressBack() {
        new Actions(driver).keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
    }

    /** Presses what leads to another page, and waits until that one is whole. */
    void enter(CharSequence... keys) {
        script("window.leaving = true");
        press(keys);
        awaitNext(String.join("", keys));
    }

    boolean focused(String selector) {
        return holds("return document.activeElement.matches(arguments[0])", selector);
    }

    void awaitFocus(String selector) {
        Wait.until("the focus is on " + selector, PATIENCE, () -> focused(selector));
    }

    /** A double click, and then the page behind it. */
    void twice(String selector) {
        script("window.leaving = true");
        new Actions(driver).doubleClick(find(selector)).perform();
        awaitNext(selector);
    }

    /** Opens another tab and goes to it; the one that it was opened from. */
    String tab() {
        var here = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        return here;
    }

    /** Closes this tab and goes back to another. */
    void tab(String other) {
        driver.close();
        driver.switchTo().window(other);
    }

    void back() {
        var here = path();
        driver.navigate().back();
        Wait.until(
                "the page before " + here,
                PATIENCE,
                () -> !path().equals(here) && holds("return document.readyState === 'complete'"));
    }

    void again() {
        driver.navigate().refresh();
    }

    /** Waits for something visible. The page itself looks, so that none can go in between. */
    public WebElement see(String selector) {
        Wait.until(
                selector + " is to be seen",
                PATIENCE,
                () ->
                        holds(
                                "return [...document.querySelectorAll(arguments[0])]"
                                        + ".some(one => one.checkVisibility())",
                                selector));
        return find(selector);
    }

    /** False, too, where the page went away under the question. */
    private boolean holds(String script, Object... arguments) {
        try {
            return Boolean.TRUE.equals(driver.executeScript(script, arguments));
        } catch (JavascriptException leaving) {
            return false;
        }
    }

    void awaitPath(String beginning) {
        Wait.until("the browser is at " + beginning, PATIENCE, () -> path().startsWith(beginning));
    }

    public void signIn(String username, String password) {
        open("/ui/sign-in.xhtml");
        type("#username", username);
        type("#password", password);
        go("#enter");
        Wait.until("signed in", PATIENCE, () -> !path().startsWith("/ui/sign-in"));
    }

    public Object script(String script) {
        return driver.executeScript(script);
    }

    /** Runs a script that calls {@code done} when it is. */
    Object later(String script) {
        return driver.executeAsyncScript("var done = arguments[arguments.length - 1];" + script);
    }

    /** How wide the window is, and which colours the system is said to have. */
    public void look(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public boolean scrollsSideways() {
        return (boolean)
                script(
                        "return document.documentElement.scrollWidth > window.innerWidth"
                                + " || document.body.scrollWidth > window.innerWidth");
    }

    /** What axe-core calls serious or critical, a line each. */
    public String barriers() {
        if (!(boolean) script("return typeof axe !== 'undefined'")) {
            driver.executeScript(Axe.SCRIPT);
        }
        return (String)
                driver.executeAsyncScript(
                        """
                        var done = arguments[arguments.length - 1];
                        axe.run(document, {resultTypes: ['violations']}).then(function (found) {
                            done(found.violations.filter(function (one) {
                                return one.impact === 'serious' || one.impact === 'critical';
                            }).map(function (one) {
                                return one.id + ': ' + one.nodes.map(function (node) {
                                    return node.html.slice(0, 160) + ' ' + node.failureSummary.slice(0, 200);
                                }).join(' | ');
                            }).join('\\n'));
                        }, function (fault) { done('axe failed: ' + fault); });
                        """);
    }

    /** What the console has said since it was last asked: errors, and reports of the policy. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
                .map(line -> line.getMessage())
                .toList();
    }

    /** Keeps what is to be seen in {@code target/pages}. */
    public void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), shot(whole()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PNG of the upper part of the page, as much as there is of {@code height}. */
    public byte[] upper(int height) {
        var clip = new HashMap<>(whole());
        clip.computeIfPresent("height", (_, all) -> Math.min(height, ((Number) all).intValue()));
        return shot(clip);
    }

    private byte[] shot(Map<String, Object> clip) {
        var shot =
                driver.executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode((String) shot.get("data"));
    }

    private Map<String, Object> whole() {
        var height = (Number) script("return document.documentElement.scrollHeight");
        var width = (Number) script("return window.innerWidth");
        return Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    }

    /** The one file that was downloaded. */
    Path download() {
        var downloads = folder.resolve("downloads");
        Wait.until("a file was downloaded", PATIENCE, () -> finished(downloads).size() == 1);
        return finished(downloads).getFirst();
    }

    private static List<Path> finished(Path downloads) {
        try (var files = Files.list(downloads)) {
            return files.filter(file ->
                            !file.toString().endsWith(".crdownload")
                                    && !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException left) {
            System.out.println("left behind: " + folder);
        }
    }

    /** The judge's script, from its artifact. */
    private static final class Axe {

        static final String SCRIPT = read();

        private static String read() {
            try (var stream = Chromium.class.getResourceAsStream("/axe.min.js")) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
