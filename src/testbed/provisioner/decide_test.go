package main

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func newClaim(request string, changes ...func(*corev1.PersistentVolumeClaim)) *corev1.PersistentVolumeClaim {
	class := "standard"
	claim := &corev1.PersistentVolumeClaim{
		ObjectMeta: metav1.ObjectMeta{
			Namespace:   "shop",
			Name:        "data",
			UID:         "1234",
			Annotations: map[string]string{annotationProvisioner: provisionerName},
		},
		Spec: corev1.PersistentVolumeClaimSpec{
			StorageClassName: &class,
			AccessModes:      []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources: corev1.VolumeResourceRequirements{
				Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse(request)},
			},
		},
	}
	for _, change := range changes {
		change(claim)
	}
	return claim
}

func bound(capacity string) func(*corev1.PersistentVolumeClaim) {
	return func(claim *corev1.PersistentVolumeClaim) {
		claim.Spec.VolumeName = volumeName(claim)
		claim.Status.Phase = corev1.ClaimBound
		claim.Status.Capacity = corev1.ResourceList{corev1.ResourceStorage: resource.MustParse(capacity)}
	}
}

func deleted(claim *corev1.PersistentVolumeClaim) {
	claim.DeletionTimestamp = &metav1.Time{Time: time.Unix(0, 0)}
}

func annotated(key, value string) func(*corev1.PersistentVolumeClaim) {
	return func(claim *corev1.PersistentVolumeClaim) { claim.Annotations[key] = value }
}

func newClass(mode storagev1.VolumeBindingMode) *storagev1.StorageClass {
	return &storagev1.StorageClass{
		ObjectMeta:        metav1.ObjectMeta{Name: "standard"},
		Provisioner:       provisionerName,
		VolumeBindingMode: &mode,
	}
}

func TestSize(t *testing.T) {
	for request, want := range map[string]int64{
		"1":        300 * mebibyte,
		"300Mi":    300 * mebibyte,
		"300001Ki": 300 * mebibyte,
		"307201Ki": 301 * mebibyte,
		"1G":       954 * mebibyte,
		"1Gi":      1024 * mebibyte,
	} {
		if got := sizeOf(newClaim(request)); got != want {
			t.Errorf("a request of %s gets %d bytes, want %d", request, got, want)
		}
	}
}

func TestDecisionWithoutVolume(t *testing.T) {
	immediate := newClass(storagev1.VolumeBindingImmediate)
	waiting := newClass(storagev1.VolumeBindingWaitForFirstConsumer)
	foreign := newClass(storagev1.VolumeBindingImmediate)
	foreign.Provisioner = "example.com/disk"
	for name, test := range map[string]struct {
		claim *corev1.PersistentVolumeClaim
		class *storagev1.StorageClass
		want  action
	}{
		"no claim":              {nil, nil, nothing},
		"new claim":             {newClaim("1Gi"), immediate, provision},
		"not announced yet":     {newClaim("1Gi", annotated(annotationProvisioner, "")), immediate, nothing},
		"other provisioner":     {newClaim("1Gi"), foreign, nothing},
		"asks for a volume":     {newClaim("1Gi", bound("1Gi")), immediate, nothing},
		"deleted claim":         {newClaim("1Gi", deleted), immediate, nothing},
		"waits for a Pod":       {newClaim("1Gi"), waiting, nothing},
		"Pod's node is decided": {newClaim("1Gi", annotated(annotationSelectedNode, "testbed")), waiting, provision},
	} {
		if got := decide(test.claim, nil, test.class); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestDecisionWithVolume(t *testing.T) {
	class := newClass(storagev1.VolumeBindingImmediate)
	of := func(capacity string, phase corev1.PersistentVolumePhase, policy corev1.PersistentVolumeReclaimPolicy) *corev1.PersistentVolume {
		volume := newVolume(newClaim(capacity), class, "testbed", "/volumes/pvc-1234")
		volume.Status.Phase = phase
		volume.Spec.PersistentVolumeReclaimPolicy = policy
		return volume
	}
	foreign := of("1Gi", corev1.VolumeReleased, corev1.PersistentVolumeReclaimDelete)
	foreign.Annotations[annotationProvisionedBy] = "example.com/disk"
	for name, test := range map[string]struct {
		claim  *corev1.PersistentVolumeClaim
		volume *corev1.PersistentVolume
		want   action
	}{
		"in use":              {newClaim("1Gi", bound("1Gi")), of("1Gi", corev1.VolumeBound, corev1.PersistentVolumeReclaimDelete), mount},
		"smaller than XFS":    {newClaim("1Mi", bound("300Mi")), of("300Mi", corev1.VolumeBound, corev1.PersistentVolumeReclaimDelete), mount},
		"more asked":          {newClaim("2Gi", bound("1Gi")), of("1Gi", corev1.VolumeBound, corev1.PersistentVolumeReclaimDelete), grow},
		"growth not told yet": {newClaim("2Gi", bound("1Gi")), of("2Gi", corev1.VolumeBound, corev1.PersistentVolumeReclaimDelete), grow},
		"deleted claim":       {newClaim("2Gi", bound("1Gi"), deleted), of("1Gi", corev1.VolumeBound, corev1.PersistentVolumeReclaimDelete), mount},
		"released":            {nil, of("1Gi", corev1.VolumeReleased, corev1.PersistentVolumeReclaimDelete), remove},
		"released, retained":  {nil, of("1Gi", corev1.VolumeReleased, corev1.PersistentVolumeReclaimRetain), mount},
		"not ours":            {nil, foreign, nothing},
	} {
		if got := decide(test.claim, test.volume, class); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestUnsupportedClaims(t *testing.T) {
	block := corev1.PersistentVolumeBlock
	for name, change := range map[string]func(*corev1.PersistentVolumeClaim){
		"block device": func(c *corev1.PersistentVolumeClaim) { c.Spec.VolumeMode = &block },
		"many writers": func(c *corev1.PersistentVolumeClaim) {
			c.Spec.AccessModes = append(c.Spec.AccessModes, corev1.ReadWriteMany)
		},
		"selector":    func(c *corev1.PersistentVolumeClaim) { c.Spec.Selector = &metav1.LabelSelector{} },
		"data source": func(c *corev1.PersistentVolumeClaim) { c.Spec.DataSource = &corev1.TypedLocalObjectReference{} },
	} {
		if unsupported(newClaim("1Gi", change)) == nil {
			t.Errorf("%s: taken as supported", name)
		}
	}
	if err := unsupported(newClaim("1Gi")); err != nil {
		t.Error(err)
	}
}

func TestVolumeKeepsConventions(t *testing.T) {
	volume := newVolume(newClaim("1Mi"), newClass(storagev1.VolumeBindingImmediate), "testbed", "/volumes/pvc-1234")
	if volume.Name != "pvc-1234" || volume.Spec.ClaimRef.UID != "1234" || volume.Spec.StorageClassName != "standard" {
		t.Errorf("not bound to its claim: %+v", volume)
	}
	if capacityOf(volume) != smallest {
		t.Errorf("capacity %d, want the true %d", capacityOf(volume), smallest)
	}
	retain := corev1.PersistentVolumeReclaimRetain
	class := newClass(storagev1.VolumeBindingImmediate)
	class.ReclaimPolicy = &retain
	if finalizers := newVolume(newClaim("1Gi"), class, "testbed", "/volumes/pvc-1234").Finalizers; finalizers != nil {
		t.Errorf("a retained volume has finalizers %v", finalizers)
	}
}
