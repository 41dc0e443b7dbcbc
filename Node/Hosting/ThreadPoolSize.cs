namespace EnergyChain.Node.Hosting;

/// <summary>
/// The least number of pool threads. The pool adds threads slowly beyond it, and on two cores a few calls that block
/// for a moment would hold up all others (measured on other chains as stalls of seconds).
/// </summary>
public static class ThreadPoolSize
{
    private const int PerNode = 2;
    private const int Least = 16;

    /// <summary>Raises the minimum for a number of nodes in this process; never lowers it.</summary>
    public static void Raise(int nodes)
    {
        ThreadPool.GetMinThreads(out int workers, out int completionPorts);
        int wanted = Math.Max(Least, (Environment.ProcessorCount * 2) + (PerNode * nodes));
        ThreadPool.SetMinThreads(Math.Max(workers, wanted), Math.Max(completionPorts, wanted));
    }
}
