// Run from its source, on the server's class path: these tests start assembled programs and share no class path with them.
import dev.loadstar.embedded.EmbeddedKafka;
import dev.loadstar.embedded.EmbeddedPostgres;

/** {@code kafka FOLDER} serves until it is ended; {@code postgres FOLDER} leaves its PostgreSQL running. */
void main(String[] words) throws Exception {
    Path folder = Path.of(words[1]);
    if (words[0].equals("kafka")) {
        tell(folder, EmbeddedKafka.start(folder).bootstrapServers());
        Thread.currentThread().join();
    } else {
        var postgres = EmbeddedPostgres.start(folder);
        tell(folder, postgres.jdbcUrl() + " " + postgres.user() + " " + postgres.password());
        Runtime.getRuntime().halt(0);
    }
}

/** Appears whole. */
void tell(Path folder, String address) throws IOException {
    Path arriving = Files.writeString(folder.resolve("address.new"), address);
    Files.move(arriving, folder.resolve("address"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
}
