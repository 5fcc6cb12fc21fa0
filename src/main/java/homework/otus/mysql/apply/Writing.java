package homework.otus.mysql.apply;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.plan.Action;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;

/** Each action in the API's terms. */
record Writing(ApiWriter writer, Request key, MySQL mysql) implements Action.Visitor<Written> {
    @Override
    public Written create(Action.Create action) {
        return writer.create(key, action.target(), mysql);
    }

    @Override
    public Written apply(Action.Apply action) {
        return writer.apply(key, action.target(), action.uid());
    }

    @Override
    public Written delete(Action.Delete action) {
        return writer.delete(key, action.target(), action.propagation(), action.unchanged());
    }

    @Override
    public Written patchMetadata(Action.PatchMetadata action) {
        KubernetesObject target = action.target();
        return writer.patch(key, target, MetadataPatch.of(action));
    }

    @Override
    public Written growClaim(Action.GrowClaim action) {
        return writer.patch(key, action.target(), GrowthPatch.of(action));
    }

    @Override
    public Written endJob(Action.EndJob action) {
        return writer.patchStatus(key, action.target(), JobEndPatch.of(action));
    }
}
