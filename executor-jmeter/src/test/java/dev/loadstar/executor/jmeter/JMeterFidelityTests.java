package dev.loadstar.executor.jmeter;

import dev.loadstar.executor.kit.FidelityKit;
import dev.loadstar.executor.tool.LoadTool;

class JMeterFidelityTests extends FidelityKit {

    @Override
    protected Class<? extends LoadTool> tool() {
        return JMeterTool.class;
    }
}
