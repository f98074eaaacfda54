/// A Python script that needs NumPy alone: it opens an exported model, which has to lie beside it, and draws samples from
/// its generator.
///
/// Ready to be pasted into a notebook. It reads everything from the file, so it is the same for every experiment.
package enum GeneratorScript {
    /// - Parameter file: The checkpoint's name, as it will lie beside the script.
    package static func text(opening file: String) -> String {
        #"""
        """Samples from a generator trained in GAN Lab. Needs NumPy, and the model in a file beside this one:
        in the lab's menu, "Save the model (safetensors)"."""

        import json
        import numpy as np


        def load(path):
            """Tensors and metadata of a safetensors file."""
            with open(path, "rb") as file:
                header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
                data = file.read()
            metadata = header.pop("__metadata__", {})
            tensors = {
                name: np.frombuffer(data[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
                for name, entry in header.items()
            }
            return tensors, metadata


        ACTIVATIONS = {
            "linear": lambda x: x,
            "relu": lambda x: np.maximum(x, 0),
            "leakyReLU": lambda x: np.where(x > 0, x, np.float32(0.2) * x),
            "tanh": np.tanh,
            "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
            "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
            "softplus": lambda x: np.logaddexp(x, np.float32(0)),
            "sine": np.sin,
        }

        MODEL = \#(quoted(file))
        try:
            tensors, metadata = load(MODEL)
        except FileNotFoundError:
            raise FileNotFoundError(
                f"{MODEL} is not here. Save the model from the lab's menu to where Python runs, or set MODEL to its file."
            ) from None
        settings = json.loads(metadata["settings"])
        # With averaged weights, the lab shows the average.
        network = "generator.average" if settings["generator.average"] > 0 else "generator"


        def noise(count, seed=0):
            """Latent vectors, one a row."""
            random = np.random.default_rng(seed)
            shape = (count, int(settings["noise.dimension"]))
            kind = settings["noise.distribution"]
            if kind == "uniform":
                return random.random(shape, np.float32)
            z = random.standard_normal(shape, np.float32)
            if kind == "gaussian":
                return z
            while (far := np.abs(z) > 2).any():
                z[far] = random.standard_normal(far.sum(), np.float32)
            return np.float32(0.5) + np.float32(0.25) * z


        def generator(z):
            """Samples, one a row, for latent vectors, one a row."""
            layers = sum(name.startswith(f"{network}.") and name.endswith(".bias") for name in tensors)
            if network == "generator":
                layers -= sum(name.startswith("generator.average.") and name.endswith(".bias") for name in tensors)
            x = z
            for index in range(layers):
                weight, bias = (tensors[f"{network}.{index}.{part}"] for part in ("weight", "bias"))
                last = index == layers - 1
                activation = settings["generator.output"] if last else settings["generator.activation"]
                x = ACTIVATIONS[activation](x @ weight.T + bias)
            return x


        def in_units_of_the_data(samples):
            """Samples in the units of the file that the data came from, if they came from one."""
            target = settings["target"]
            if "scale" not in target:
                return samples
            return samples * np.float64(target["scale"]) + np.float64(target["offset"])


        samples = in_units_of_the_data(generator(noise(1000)))
        """# + "\n"
    }

    /// A Python string literal.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\", "\"": "\\\(scalar)"
            case _ where scalar.properties.generalCategory == .control: "?"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
