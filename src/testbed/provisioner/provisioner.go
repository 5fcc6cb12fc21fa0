package main

import (
	"context"
	"errors"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	storagelisters "k8s.io/client-go/listers/storage/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
	"k8s.io/utils/ptr"
)

const (
	claimsByVolume = "volume"
	workers        = 4
)

// provisioner brings every volume, known by its name, to what its claim asks for.
type provisioner struct {
	client      kubernetes.Interface
	node        string
	fileSystems fileSystems
	informers   informers.SharedInformerFactory
	claims      cache.Indexer
	volumes     corelisters.PersistentVolumeLister
	classes     storagelisters.StorageClassLister
	queue       workqueue.TypedRateLimitingInterface[string]
	events      record.EventRecorder
}

func newProvisioner(client kubernetes.Interface, node string, fileSystems fileSystems) (*provisioner, error) {
	factory := informers.NewSharedInformerFactory(client, 0)
	claims := factory.Core().V1().PersistentVolumeClaims().Informer()
	volumes := factory.Core().V1().PersistentVolumes()
	events := record.NewBroadcaster()
	events.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	p := &provisioner{
		client:      client,
		node:        node,
		fileSystems: fileSystems,
		informers:   factory,
		claims:      claims.GetIndexer(),
		volumes:     volumes.Lister(),
		classes:     factory.Storage().V1().StorageClasses().Lister(),
		queue: workqueue.NewTypedRateLimitingQueue(
			workqueue.NewTypedItemExponentialFailureRateLimiter[string](50*time.Millisecond, 5*time.Second)),
		events: events.NewRecorder(scheme.Scheme, corev1.EventSource{Component: provisionerName}),
	}
	if err := claims.AddIndexers(cache.Indexers{claimsByVolume: func(object any) ([]string, error) {
		return []string{volumeName(object.(*corev1.PersistentVolumeClaim))}, nil
	}}); err != nil {
		return nil, err
	}
	for _, informer := range []cache.SharedIndexInformer{claims, volumes.Informer()} {
		if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    p.enqueue,
			UpdateFunc: func(_, object any) { p.enqueue(object) },
		}); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *provisioner) enqueue(object any) {
	switch object := object.(type) {
	case *corev1.PersistentVolumeClaim:
		p.queue.Add(volumeName(object))
	case *corev1.PersistentVolume:
		p.queue.Add(object.Name)
	}
}

func (p *provisioner) run(ctx context.Context) {
	p.informers.Start(ctx.Done())
	p.informers.WaitForCacheSync(ctx.Done())
	for range workers {
		go p.work(ctx)
	}
	<-ctx.Done()
	p.queue.ShutDown()
}

func (p *provisioner) work(ctx context.Context) {
	for {
		name, stopped := p.queue.Get()
		if stopped {
			return
		}
		if err := p.reconcile(ctx, name); err == nil {
			p.queue.Forget(name)
		} else {
			if !errors.Is(err, errBusy) && !apierrors.IsConflict(err) && !apierrors.IsNotFound(err) {
				klog.ErrorS(err, "Will try again", "volume", name)
			}
			p.queue.AddRateLimited(name)
		}
		p.queue.Done(name)
	}
}

func (p *provisioner) reconcile(ctx context.Context, name string) error {
	claim, err := p.claimOf(name)
	if err != nil {
		return err
	}
	volume, err := p.volumes.Get(name)
	if apierrors.IsNotFound(err) {
		volume = nil
	} else if err != nil {
		return err
	}
	var class *storagev1.StorageClass
	if volume == nil && claim != nil && claim.Annotations[annotationProvisioner] == provisionerName {
		if class, err = p.classes.Get(ptr.Deref(claim.Spec.StorageClassName, "")); err != nil {
			return err
		}
	}
	switch decide(claim, volume, class) {
	case provision:
		return p.provision(ctx, claim, class)
	case mount:
		return p.fileSystems.mount(name)
	case grow:
		return p.grow(ctx, claim, volume)
	case remove:
		return p.remove(ctx, volume)
	default:
		return nil
	}
}

func (p *provisioner) claimOf(volume string) (*corev1.PersistentVolumeClaim, error) {
	claims, err := p.claims.ByIndex(claimsByVolume, volume)
	if err != nil || len(claims) == 0 {
		return nil, err
	}
	return claims[0].(*corev1.PersistentVolumeClaim), nil
}

func (p *provisioner) provision(ctx context.Context, claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass) error {
	if err := unsupported(claim); err != nil {
		p.events.Event(claim, corev1.EventTypeWarning, "ProvisioningFailed", err.Error())
		return nil
	}
	name := volumeName(claim)
	if err := p.fileSystems.make(name, sizeOf(claim)); err != nil {
		p.events.Event(claim, corev1.EventTypeWarning, "ProvisioningFailed", err.Error())
		return err
	}
	volume := newVolume(claim, class, p.node, p.fileSystems.mountPoint(name))
	if _, err := p.client.CoreV1().PersistentVolumes().Create(ctx, volume, metav1.CreateOptions{}); err != nil {
		if apierrors.IsAlreadyExists(err) {
			return nil
		}
		return err
	}
	klog.InfoS("Provisioned", "volume", name, "claim", klog.KObj(claim), "size", capacityOf(volume))
	p.events.Eventf(claim, corev1.EventTypeNormal, "ProvisioningSucceeded", "Successfully provisioned volume %s", name)
	return nil
}

// grow acts as a CSI driver's resizer does: first the file system, then the volume's capacity, then the claim's status.
func (p *provisioner) grow(ctx context.Context, claim *corev1.PersistentVolumeClaim, volume *corev1.PersistentVolume) error {
	size := max(sizeOf(claim), capacityOf(volume))
	if err := p.fileSystems.grow(volume.Name, size); err != nil {
		p.events.Event(claim, corev1.EventTypeWarning, "VolumeResizeFailed", err.Error())
		return err
	}
	capacity := *resource.NewQuantity(size, resource.BinarySI)
	if size > capacityOf(volume) {
		volume = volume.DeepCopy()
		volume.Spec.Capacity[corev1.ResourceStorage] = capacity
		if _, err := p.client.CoreV1().PersistentVolumes().Update(ctx, volume, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	claim = claim.DeepCopy()
	claim.Status.Capacity[corev1.ResourceStorage] = capacity
	claim.Status.Conditions = slices.DeleteFunc(claim.Status.Conditions, func(c corev1.PersistentVolumeClaimCondition) bool {
		return c.Type == corev1.PersistentVolumeClaimResizing || c.Type == corev1.PersistentVolumeClaimFileSystemResizePending
	})
	if _, err := p.client.CoreV1().PersistentVolumeClaims(claim.Namespace).
		UpdateStatus(ctx, claim, metav1.UpdateOptions{}); err != nil {
		return err
	}
	klog.InfoS("Grown", "volume", volume.Name, "claim", klog.KObj(claim), "size", size)
	p.events.Eventf(claim, corev1.EventTypeNormal, "VolumeResizeSuccessful", "Resized to %s", &capacity)
	return nil
}

// remove is called again after each of its steps, when the volume's deletion was seen.
func (p *provisioner) remove(ctx context.Context, volume *corev1.PersistentVolume) error {
	if err := p.fileSystems.remove(volume.Name); err != nil {
		return err
	}
	volumes := p.client.CoreV1().PersistentVolumes()
	if volume.DeletionTimestamp == nil {
		return volumes.Delete(ctx, volume.Name, metav1.DeleteOptions{Preconditions: metav1.NewUIDPreconditions(string(volume.UID))})
	}
	if !slices.Contains(volume.Finalizers, finalizer) {
		return nil
	}
	volume = volume.DeepCopy()
	volume.Finalizers = slices.DeleteFunc(volume.Finalizers, func(f string) bool { return f == finalizer })
	_, err := volumes.Update(ctx, volume, metav1.UpdateOptions{})
	if err == nil {
		klog.InfoS("Removed", "volume", volume.Name)
	}
	return err
}
