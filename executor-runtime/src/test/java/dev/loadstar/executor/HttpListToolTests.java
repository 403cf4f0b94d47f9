package dev.loadstar.executor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.loadstar.executor.kit.LoadToolKit;
import dev.loadstar.executor.tool.LoadTool;

/** The kit itself, tried with the smallest tool. */
class HttpListToolTests extends LoadToolKit {

    @Override
    protected LoadTool tool() {
        return new HttpListTool();
    }

    @Override
    protected String writeScript(Path workspace, URI target) throws IOException {
        Files.writeString(
                workspace.resolve("list.txt"), "ok %1$s/ok\nslow %1$s/slow\nerror %1$s/error\n".formatted(target));
        return "list.txt";
    }

    @Override
    protected String writeBrokenScript(Path workspace) throws IOException {
        Files.writeString(workspace.resolve("broken.txt"), "no address\n and more words\n");
        return "broken.txt";
    }
}
