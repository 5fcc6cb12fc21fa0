package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;

/** Each action in the API's terms. */
record Writing(ApiWriter writer, Request key, MySQL mysql) implements Action.Visitor<WriteAnswer> {
    @Override
    public WriteAnswer create(Action.Create action) {
        return writer.create(key, action.target(), mysql);
    }

    @Override
    public WriteAnswer apply(Action.Apply action) {
        return writer.apply(key, action.target(), action.uid());
    }

    @Override
    public WriteAnswer delete(Action.Delete action) {
        return writer.delete(key, action.target(), action.propagation(), action.unchanged());
    }

    @Override
    public WriteAnswer patchMetadata(Action.PatchMetadata action) {
        KubernetesObject target = action.target();
        return writer.patch(key, target, MetadataPatch.of(action));
    }

    @Override
    public WriteAnswer growClaim(Action.GrowClaim action) {
        return writer.patch(key, action.target(), GrowthPatch.of(action));
    }

    @Override
    public WriteAnswer endJob(Action.EndJob action) {
        return writer.patchStatus(key, action.target(), JobEndPatch.of(action));
    }
}
