package dev.loadstar.executor.gatling;

import dev.loadstar.executor.kit.FidelityKit;
import dev.loadstar.executor.tool.LoadTool;

class GatlingFidelityTests extends FidelityKit {

    @Override
    protected Class<? extends LoadTool> tool() {
        return GatlingTool.class;
    }
}
