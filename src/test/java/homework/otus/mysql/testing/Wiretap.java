package homework.otus.mysql.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Sits between an operator and the API server: notes every call, cuts the line right after a chosen write, and garbles a
 * share of the answers.
 *
 * <p>A line that is cut is to the API server what a SIGKILL is: the last write has happened, its answer was seen by
 * nobody, and nothing follows.
 */
public final class Wiretap implements Interceptor {
    private static final MediaType JSON = MediaType.get("application/json");

    private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch cut = new CountDownLatch(1);
    private final BooleanSupplier lastWrite;
    private @Nullable Random faults;
    private double share;

    /** @param lastWrite asked after each write: whether it was the last thing that the operator did */
    Wiretap(BooleanSupplier lastWrite) {
        this.lastWrite = lastWrite;
    }

    List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    void cut() {
        cut.countDown();
    }

    boolean isCut() {
        return cut.getCount() == 0;
    }

    void awaitCut() throws InterruptedException {
        cut.await();
    }

    /** From now on, this share of the calls fails: half of them before they get through, half of them after. */
    synchronized void garble(double share, long seed) {
        this.share = share;
        this.faults = new Random(seed);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        requireLine();
        Fault fault = nextFault(ApiCall.of(request, 0));
        if (fault == Fault.REFUSED) {
            return internalServerError(request);
        }
        if (fault == Fault.UNREACHABLE) {
            throw new InterruptedIOException("timeout, before the request was sent");
        }
        Response response = chain.proceed(request);
        ApiCall call = ApiCall.of(request, response.code());
        calls.add(call);
        if (call.isWrite() && lastWrite.getAsBoolean()) {
            cut();
        }
        if (isCut()) {
            response.close();
            requireLine();
        }
        if (fault == Fault.NONE) {
            return response;
        }
        response.close();
        if (fault == Fault.ANSWER_LOST) {
            throw new InterruptedIOException("timeout, before the answer came");
        }
        return internalServerError(request);
    }

    private void requireLine() throws IOException {
        if (isCut()) {
            throw new IOException("this operator was killed");
        }
    }

    /** The lease is spared: a leader that can't renew ends itself, which is another test. */
    private synchronized Fault nextFault(ApiCall call) {
        if (faults == null || call.resource().equals("leases") || faults.nextDouble() >= share) {
            return Fault.NONE;
        }
        return Fault.values()[1 + faults.nextInt(Fault.values().length - 1)];
    }

    private static Response internalServerError(Request request) {
        String status = """
            {"kind":"Status","apiVersion":"v1","status":"Failure","message":"garbled","reason":"InternalError",\
            "code":500}\
            """;
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(500)
                .message("Internal Server Error")
                .body(ResponseBody.create(status, JSON))
                .build();
    }

    private enum Fault {
        NONE,
        /** Status 500, and nothing was done. */
        REFUSED,
        /** Time out, and nothing was done. */
        UNREACHABLE,
        /** Status 500, but it was done. */
        ANSWER_WRONG,
        /** Time out, but it was done. */
        ANSWER_LOST
    }
}
