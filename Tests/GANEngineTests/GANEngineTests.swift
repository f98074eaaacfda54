import Testing
import GANEngine
