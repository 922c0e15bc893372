package coffer.upkeep.retention;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.partition.PartitionMapper;
import jakarta.batch.api.partition.PartitionPlan;
import jakarta.batch.api.partition.PartitionPlanImpl;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.Properties;

/** Parts systems by the last byte of their ids: the same parts whenever, and wherever, one asks. */
@Named("auditMapper")
@Dependent
class AuditMapper implements PartitionMapper {

    private final int parts;

    @Inject
    AuditMapper(@BatchProperty(name = "parts") String parts) {
        this.parts = Integer.parseInt(parts);
    }

    @Override
    public PartitionPlan mapPartitions() {
        var properties = new Properties[parts];
        for (var i = 0; i < parts; i++) {
            properties[i] = new Properties();
            properties[i].setProperty("part", Integer.toString(i));
        }
        var plan = new PartitionPlanImpl();
        plan.setPartitions(parts);
        plan.setThreads(parts);
        plan.setPartitionProperties(properties);
        return plan;
    }
}
