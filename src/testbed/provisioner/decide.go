package main

import (
	"errors"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	provisionerName = "testbed.otus.homework/xfs"

	annotationProvisionedBy = "pv.kubernetes.io/provisioned-by"
	annotationProvisioner   = "volume.kubernetes.io/storage-provisioner"
	annotationSelectedNode  = "volume.kubernetes.io/selected-node"

	// Keeps a volume that is deleted before its claim until its file system is gone.
	finalizer = "external-provisioner.volume.kubernetes.io/finalizer"

	mebibyte = 1 << 20
	// mkfs.xfs makes nothing smaller.
	smallest = 300 * mebibyte
)

type action string

const (
	nothing   action = "nothing"
	provision action = "provision"
	mount     action = "mount"
	grow      action = "grow"
	remove    action = "remove"
)

// volumeName is the name of the volume that is made for a claim.
func volumeName(claim *corev1.PersistentVolumeClaim) string {
	return "pvc-" + string(claim.UID)
}

// sizeOf returns the size of the file system that a claim gets: whole mebibytes, and no less than XFS can do.
func sizeOf(claim *corev1.PersistentVolumeClaim) int64 {
	request := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	return (max(request.Value(), smallest) + mebibyte - 1) / mebibyte * mebibyte
}

func capacityOf(volume *corev1.PersistentVolume) int64 {
	capacity := volume.Spec.Capacity[corev1.ResourceStorage]
	return capacity.Value()
}

// decide tells what a claim and the volume made for it need, each of which may be nil.
func decide(claim *corev1.PersistentVolumeClaim, volume *corev1.PersistentVolume, class *storagev1.StorageClass) action {
	switch {
	case volume == nil:
		if claim != nil && wantsVolume(claim, class) {
			return provision
		}
		return nothing
	case volume.Annotations[annotationProvisionedBy] != provisionerName:
		return nothing
	case volume.Status.Phase == corev1.VolumeReleased &&
		volume.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimDelete:
		return remove
	case claim != nil && wantsGrowth(claim, volume):
		return grow
	default:
		return mount
	}
}

func wantsVolume(claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass) bool {
	if claim.Spec.VolumeName != "" || claim.DeletionTimestamp != nil || class == nil ||
		class.Provisioner != provisionerName || claim.Annotations[annotationProvisioner] != provisionerName {
		return false
	}
	waits := class.VolumeBindingMode != nil && *class.VolumeBindingMode == storagev1.VolumeBindingWaitForFirstConsumer
	return !waits || claim.Annotations[annotationSelectedNode] != ""
}

// wantsGrowth is level-triggered: true until the claim's status tells the size of which the request is served.
func wantsGrowth(claim *corev1.PersistentVolumeClaim, volume *corev1.PersistentVolume) bool {
	if claim.Spec.VolumeName != volume.Name || claim.Status.Phase != corev1.ClaimBound || claim.DeletionTimestamp != nil {
		return false
	}
	told := claim.Status.Capacity[corev1.ResourceStorage]
	return sizeOf(claim) > capacityOf(volume) || told.Value() < capacityOf(volume)
}

// unsupported returns why a claim can't be served, or nil.
func unsupported(claim *corev1.PersistentVolumeClaim) error {
	if claim.Spec.VolumeMode != nil && *claim.Spec.VolumeMode != corev1.PersistentVolumeFilesystem {
		return fmt.Errorf("volumes of mode %s are not supported", *claim.Spec.VolumeMode)
	}
	for _, mode := range claim.Spec.AccessModes {
		if !slices.Contains([]corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce, corev1.ReadWriteOncePod}, mode) {
			return fmt.Errorf("access mode %s is not supported", mode)
		}
	}
	if claim.Spec.Selector != nil {
		return errors.New("selectors are not supported")
	}
	if claim.Spec.DataSource != nil || claim.Spec.DataSourceRef != nil {
		return errors.New("data sources are not supported")
	}
	return nil
}

// newVolume returns the volume for a claim, by the conventions of Kubernetes' provisioners.
func newVolume(claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass, node, path string) *corev1.PersistentVolume {
	volume := &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{
			Name:        volumeName(claim),
			Annotations: map[string]string{annotationProvisionedBy: provisionerName},
		},
		Spec: corev1.PersistentVolumeSpec{
			Capacity: corev1.ResourceList{
				corev1.ResourceStorage: *resource.NewQuantity(sizeOf(claim), resource.BinarySI),
			},
			AccessModes:                   claim.Spec.AccessModes,
			PersistentVolumeReclaimPolicy: corev1.PersistentVolumeReclaimDelete,
			StorageClassName:              class.Name,
			ClaimRef: &corev1.ObjectReference{
				APIVersion:      "v1",
				Kind:            "PersistentVolumeClaim",
				Namespace:       claim.Namespace,
				Name:            claim.Name,
				UID:             claim.UID,
				ResourceVersion: claim.ResourceVersion,
			},
			PersistentVolumeSource: corev1.PersistentVolumeSource{Local: &corev1.LocalVolumeSource{Path: path}},
			NodeAffinity: &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{
				NodeSelectorTerms: []corev1.NodeSelectorTerm{{
					MatchExpressions: []corev1.NodeSelectorRequirement{{
						Key:      corev1.LabelHostname,
						Operator: corev1.NodeSelectorOpIn,
						Values:   []string{node},
					}},
				}},
			}},
		},
	}
	if class.ReclaimPolicy != nil {
		volume.Spec.PersistentVolumeReclaimPolicy = *class.ReclaimPolicy
	}
	if volume.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimDelete {
		volume.Finalizers = []string{finalizer}
	}
	return volume
}
