package dev.loadstar.demo;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the shop sells and answers. */
final class Shop {

    private static final List<Product> PRODUCTS = List.of(
            new Product("tea-01", "Assam, 250 g", 890),
            new Product("tea-02", "Darjeeling, 100 g", 1290),
            new Product("tea-03", "Sencha, 100 g", 1190),
            new Product("cup-01", "Cup, white", 650),
            new Product("cup-02", "Cup, blue", 690),
            new Product("pot-01", "Pot, 1 l", 2990),
            new Product("pot-02", "Pot, cast iron", 5490),
            new Product("sieve-01", "Sieve", 490));

    private static final Pattern SKU = Pattern.compile("\"sku\"\\s*:\\s*\"([\\w-]{1,40})\"");
    private static final Pattern QUANTITY = Pattern.compile("\"quantity\"\\s*:\\s*([1-9]\\d{0,3})\\b");

    private static final String HOME = """
            <!doctype html>
            <html lang="en"><title>Tea and cups</title>
            <h1>Tea and cups</h1>
            <p>A shop to put load on. <a href="/api/products">Products</a>, <a href="/admin/counts">arrivals</a>.</p>
            </html>
            """;

    private static final String LIST =
            PRODUCTS.stream().map(Product::json).collect(Collectors.joining(",", "{\"items\":[", "]}"));

    private final AtomicLong carts = new AtomicLong();

    /** Answers one request; {@code body} is empty unless it has one. */
    Answer answer(String method, String path, String body) {
        return switch (method + " " + path) {
            case "GET /" -> new Answer(200, "text/html; charset=utf-8", HOME, 3);
            case "GET /api/products" -> new Answer(200, Answer.JSON, LIST, 8);
            case "POST /api/cart" -> addToCart(body);
            default -> Answer.json(404, "{\"error\":\"there is no " + method + " here\"}", 1);
        };
    }

    private Answer addToCart(String body) {
        var sku = SKU.matcher(body);
        var quantity = QUANTITY.matcher(body);
        if (!sku.find() || !quantity.find()) {
            return Answer.json(400, "{\"error\":\"sku and quantity are needed\"}", 1);
        }
        var product =
                PRODUCTS.stream().filter(p -> p.sku().equals(sku.group(1))).findFirst();
        if (product.isEmpty()) {
            return Answer.json(404, "{\"error\":\"this is not for sale\"}", 1);
        }
        int cents = product.get().cents() * Integer.parseInt(quantity.group(1));
        return Answer.json(
                201,
                "{\"id\":\"cart-%d\",\"sku\":\"%s\",\"quantity\":%s,\"cents\":%d}"
                        .formatted(carts.incrementAndGet(), product.get().sku(), quantity.group(1), cents),
                12);
    }

    private record Product(String sku, String name, int cents) {
        String json() {
            return "{\"sku\":\"%s\",\"name\":\"%s\",\"cents\":%d}".formatted(sku, name, cents);
        }
    }

    /** @param typicalMillis that making it takes */
    record Answer(int status, String type, String body, double typicalMillis) {

        static final String JSON = "application/json";

        static Answer json(int status, String body, double typicalMillis) {
            return new Answer(status, JSON, body, typicalMillis);
        }
    }
}
