using Grpc.Core;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// A read of a node's API that ends: a node may lose an answer (dotnet/aspnetcore#53736), and no benchmark may wait for
/// one for ever.
/// </summary>
internal static class PatientRead
{
    public const int MaxQuestions = 2;

    /// <summary>
    /// How long a question waits for its answer: far more than a node on a machine that is all taken needs for its
    /// largest block, so that nothing is asked twice while something is measured.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Asks, and once more where no answer came in time. Throws <see cref="TimeoutException"/> where that one is lost
    /// too, and <see cref="RpcException"/> for any other status.
    /// </summary>
    public static async Task<T> RunAsync<T>(
        string node, Func<CallOptions, AsyncUnaryCall<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        for (int question = 1; ; question++)
        {
            DateTime deadline = time.GetUtcNow().UtcDateTime + Patience;
            using AsyncUnaryCall<T> call = read(new(deadline: deadline, cancellationToken: cancellationToken));
            try
            {
                return await call.ResponseAsync;
            }
            catch (RpcException failure)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (failure.StatusCode != StatusCode.DeadlineExceeded)
                {
                    throw;
                }

                if (question == MaxQuestions)
                {
                    string patience = $"{Patience.TotalSeconds:N0} s";
                    throw new TimeoutException(
                        $"{node} was asked {MaxQuestions} times and gave no answer within {patience}.", failure);
                }
            }
        }
    }
}
