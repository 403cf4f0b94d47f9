package dev.loadstar.executor.gatling;

import dev.loadstar.executor.kit.ResponseKit;
import dev.loadstar.executor.tool.LoadTool;

class ResponseTests extends ResponseKit {

    @Override
    protected LoadTool tool() {
        return new GatlingTool();
    }
}
