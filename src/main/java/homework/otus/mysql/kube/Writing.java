package homework.otus.mysql.kube;

import homework.otus.mysql.step.Action;
import io.kubernetes.client.common.KubernetesObject;

/** Each action in the API's terms, for an object that has a controller. */
record Writing(ApiWriter writer, KubernetesObject owner) implements Action.Visitor<WriteAnswer> {
    @Override
    public WriteAnswer create(Action.Create action) {
        return writer.create(owner, action.target());
    }

    @Override
    public WriteAnswer apply(Action.Apply action) {
        return writer.apply(owner, action.target(), action.uid());
    }

    @Override
    public WriteAnswer delete(Action.Delete action) {
        return writer.delete(owner, action.target(), action.propagation(), action.unchanged());
    }

    @Override
    public WriteAnswer patchMetadata(Action.PatchMetadata action) {
        return writer.patch(owner, action.target(), MetadataPatch.of(action));
    }

    @Override
    public WriteAnswer growClaim(Action.GrowClaim action) {
        return writer.patch(owner, action.target(), GrowthPatch.of(action));
    }

    @Override
    public WriteAnswer endJob(Action.EndJob action) {
        return writer.patchStatus(owner, action.target(), JobEndPatch.of(action));
    }
}
