package dev.loadstar.executor.gatling;

import dev.loadstar.executor.kit.RequestKit;
import dev.loadstar.executor.tool.LoadTool;

class RequestTests extends RequestKit {

    @Override
    protected LoadTool tool() {
        return new GatlingTool();
    }
}
