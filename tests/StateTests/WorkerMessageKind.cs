namespace EnergyChain.StateTests;

/// <summary>What a line between the runner and a worker process says.</summary>
internal enum WorkerMessageKind
{
    /// <summary>From the worker: it has started.</summary>
    Ready,

    /// <summary>To the worker: run a file.</summary>
    Run,

    /// <summary>From the worker: a case begins.</summary>
    Begin,

    /// <summary>From the worker: a case, or what is skipped of a file, is done.</summary>
    Done,

    /// <summary>From the worker: the file is done.</summary>
    End,
}
